// JSON written out as it goes, byte for byte as nlohmann's dump() writes it: an answer of ten thousand districts is no
// document in memory first.
#pragma once

#include <nlohmann/json.hpp>

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace shirube::server {

/// A text with its quotes; bytes that are no UTF-8 are replaced.
std::string json_of(std::string_view text);

class JsonText {
  public:
    explicit JsonText(std::size_t room) { out_.reserve(room); }

    /// What is JSON already, or a part of it.
    void raw(std::string_view json) { out_ += json; }
    /// Takes the last byte back, as a comma behind the last of several.
    void drop_last() { out_.pop_back(); }

    void text(std::string_view text);
    void number(std::int64_t number) {
        char digits[24];
        const auto [end, error] = std::to_chars(digits, digits + sizeof digits, number);
        out_.append(digits, end);
    }
    void number(double number);
    template <class T>
    void number_or_null(const std::optional<T>& value) {
        if (value) {
            number(*value);
        } else {
            raw("null");
        }
    }
    void text_or_null(std::string_view value) {
        if (value.empty()) {
            raw("null");
        } else {
            text(value);
        }
    }

    [[nodiscard]] std::string finish() && { return std::move(out_); }

  private:
    std::string out_;
};

} // namespace shirube::server
