#include "server/pages/texts.hpp"

#include "server/pages/furigana.hpp"
#include "server/pages/site_files.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <stdexcept>

namespace shirube::server {

const Texts& Texts::in(std::string_view language) {
    static const auto all = [] {
        std::array<Texts, k_languages.size()> out;
        for (std::size_t i = 0; i < k_languages.size(); ++i) {
            out[i] = from_json(k_languages[i], site_file("i18n/" + std::string(k_languages[i]) + ".json"));
        }
        return out;
    }();
    const auto found = std::ranges::find(k_languages, language);
    return found == k_languages.end() ? all.front() : all.at(static_cast<std::size_t>(found - k_languages.begin()));
}

Texts Texts::from_json(std::string_view language, std::string_view json) {
    const auto document = nlohmann::json::parse(json, nullptr, false);
    if (!document.is_object()) {
        throw std::runtime_error("i18n/" + std::string(language) + ".json is no JSON object");
    }
    Texts texts;
    texts.language_ = language;
    for (const auto& [key, text] : document.items()) {
        if (!text.is_string()) {
            throw std::runtime_error("i18n/" + std::string(language) + ".json: " + key + " is no text");
        }
        texts.by_key_.emplace(key, text.get<std::string>());
    }
    return texts;
}

const std::string& Texts::get(std::string_view key) const {
    const auto found = by_key_.find(std::string(key));
    if (found == by_key_.end()) {
        throw std::runtime_error("i18n/" + std::string(language_) + ".json has no text " + std::string(key));
    }
    return found->second;
}

const std::string& Texts::get_or(const std::string& key, const std::string& value) const {
    const auto found = by_key_.find(key);
    return found == by_key_.end() ? value : found->second;
}

std::string Texts::with(std::string_view key, Values values) const {
    std::string out = get(key);
    for (const auto& [name, value] : values) {
        const std::string mark = "{" + std::string(name) + "}";
        for (auto at = out.find(mark); at != std::string::npos; at = out.find(mark, at + value.size())) {
            out.replace(at, mark.size(), value);
        }
    }
    return out;
}

std::string Texts::to_html(std::string_view text) const {
    return language_ == "ja-easy" ? Furigana::shipped().to_html(text) : escape_html(text);
}

} // namespace shirube::server
