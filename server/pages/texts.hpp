// The words of the interface in the three registers, from static/i18n/{ja,ja-easy,en}.json, which hold the same keys.
#pragma once

#include <array>
#include <initializer_list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace shirube::server {

inline constexpr std::array<std::string_view, 3> k_languages{"ja", "ja-easy", "en"};

class Texts {
  public:
    using Values = std::initializer_list<std::pair<std::string_view, std::string>>;

    /// \param language ja, ja-easy or en; anything else answers Japanese
    static const Texts& in(std::string_view language);

    /// \throws std::runtime_error where the JSON is no flat object of strings
    static Texts from_json(std::string_view language, std::string_view json);

    [[nodiscard]] std::string_view language() const noexcept { return language_; }
    /// For the lang attribute: やさしい日本語 is Japanese.
    [[nodiscard]] std::string_view html_language() const noexcept { return language_ == "en" ? "en" : "ja"; }

    /// \throws std::runtime_error naming the key where there is no such text
    [[nodiscard]] const std::string& get(std::string_view key) const;

    /// The text of a key made from a parameter's value; the value itself where it has none (a label instead of a code).
    [[nodiscard]] const std::string& get_or(const std::string& key, const std::string& value) const;

    /// The text with each {name} replaced by its value.
    [[nodiscard]] std::string with(std::string_view key, Values values) const;

    /// Escaped for HTML; in やさしい日本語 with readings over kanji.
    [[nodiscard]] std::string to_html(std::string_view text) const;

  private:
    std::string_view language_;
    std::unordered_map<std::string, std::string> by_key_;
};

} // namespace shirube::server
