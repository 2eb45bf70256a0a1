#include "importers/files/json_fault.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>

namespace shirube::importers {

namespace {

/// Accepts everything and remembers where the parser stopped.
class Watcher : public nlohmann::json_sax<nlohmann::json> {
  public:
    bool null() override { return true; }
    bool boolean(bool /*value*/) override { return true; }
    bool number_integer(std::int64_t /*value*/) override { return true; }
    bool number_unsigned(std::uint64_t /*value*/) override { return true; }
    bool number_float(double /*value*/, const std::string& /*text*/) override { return true; }
    bool string(std::string& /*value*/) override { return true; }
    bool binary(nlohmann::json::binary_t& /*value*/) override { return true; }
    bool start_object(std::size_t /*size*/) override { return true; }
    bool key(std::string& /*value*/) override { return true; }
    bool end_object() override { return true; }
    bool start_array(std::size_t /*size*/) override { return true; }
    bool end_array() override { return true; }
    bool parse_error(std::size_t position, const std::string& /*token*/,
                     const nlohmann::detail::exception& /*error*/) override {
        position_ = position;
        return false;
    }

    [[nodiscard]] std::size_t position() const noexcept { return position_; }

  private:
    std::size_t position_ = 0;
};

/// Whether a text is JSON, without making anything of it: lists of districts are a hundred megabytes of numbers, and
/// nobody needs them twice.
class Scanner {
  public:
    explicit Scanner(std::string_view text) : at_(text.data()), end_(text.data() + text.size()) {}

    /// The text of the outermost object's last "type", where it is a text; only after is_json().
    [[nodiscard]] std::string_view type() const noexcept { return type_; }

    [[nodiscard]] bool is_json() {
        std::string open; // brackets yet to be closed
        bool value_due = true;
        while (true) {
            skip_blanks();
            if (value_due) {
                if (at_ == end_) {
                    return false;
                }
                const char c = *at_;
                if (c == '{' || c == '[') {
                    ++at_;
                    skip_blanks();
                    const bool empty = at_ != end_ && *at_ == (c == '{' ? '}' : ']');
                    if (empty) {
                        ++at_;
                    } else {
                        open += c;
                        if (c == '{' && !key()) {
                            return false;
                        }
                        continue;
                    }
                } else if (const char* const begin = at_; !scalar()) {
                    return false;
                } else if (open == "{" && key_ == R"("type")") {
                    type_ = {begin, at_};
                }
                value_due = false;
                continue;
            }
            if (open.empty()) {
                return at_ == end_;
            }
            if (at_ == end_) {
                return false;
            }
            const char c = *at_++;
            if (c == ',') {
                if (open.back() == '{') {
                    skip_blanks();
                    if (!key()) {
                        return false;
                    }
                }
                value_due = true;
            } else if (c == (open.back() == '{' ? '}' : ']')) {
                open.pop_back();
            } else {
                return false;
            }
        }
    }

  private:
    void skip_blanks() {
        while (at_ != end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\r' || *at_ == '\t')) {
            ++at_;
        }
    }

    bool key() {
        const char* const begin = at_;
        if (at_ == end_ || *at_ != '"' || !text()) {
            return false;
        }
        key_ = {begin, at_};
        skip_blanks();
        return at_ != end_ && *at_++ == ':';
    }

    bool scalar() {
        if (*at_ == '"') {
            return text();
        }
        for (const std::string_view word : {"true", "false", "null"}) {
            if (std::string_view(at_, static_cast<std::size_t>(end_ - at_)).starts_with(word)) {
                at_ += word.size();
                return true;
            }
        }
        return number();
    }

    bool text() {
        for (++at_; at_ != end_; ++at_) {
            const auto c = static_cast<unsigned char>(*at_);
            if (c == '"') {
                ++at_;
                return true;
            }
            if (c < 0x20) {
                return false;
            }
            if (c == '\\') {
                if (++at_ == end_) {
                    return false;
                }
                constexpr std::string_view simple = "\"\\/bfnrt";
                if (simple.find(*at_) == std::string_view::npos) {
                    return false; // \u too: the parser that knows pairs of them looks again
                }
            }
        }
        return false;
    }

    /// One to `most` digits. More may be a number beyond all: the full parser looks again.
    bool digits(std::ptrdiff_t most) {
        const char* before = at_;
        while (at_ != end_ && *at_ >= '0' && *at_ <= '9') {
            ++at_;
        }
        return at_ != before && at_ - before <= most;
    }

    bool number() {
        if (*at_ == '-') {
            ++at_;
        }
        if (at_ != end_ && *at_ == '0') {
            ++at_;
        } else if (!digits(k_most_digits)) {
            return false;
        }
        if (at_ != end_ && *at_ == '.') {
            ++at_;
            if (!digits(k_most_digits)) {
                return false;
            }
        }
        if (at_ != end_ && (*at_ == 'e' || *at_ == 'E')) {
            ++at_;
            if (at_ != end_ && (*at_ == '+' || *at_ == '-')) {
                ++at_;
            }
            return digits(2);
        }
        return true;
    }

    static constexpr std::ptrdiff_t k_most_digits = 100; // with an exponent of two digits far from 1e308

    const char* at_;
    const char* end_;
    std::string_view key_;
    std::string_view type_;
};

} // namespace

std::optional<JsonFault> find_json_fault(std::string_view text) {
    if (Scanner(text).is_json()) {
        return std::nullopt;
    }
    // Where it is broken, or whether this reader was too strict, the full parser says.
    Watcher watcher;
    if (nlohmann::json::sax_parse(text, &watcher)) {
        return std::nullopt;
    }
    const std::size_t byte = std::min(std::max<std::size_t>(watcher.position(), 1), text.size());
    const auto lines = std::ranges::count(text.substr(0, byte == 0 ? 0 : byte - 1), '\n');
    return JsonFault{.byte = byte, .line = lines + 1};
}

bool is_feature_collection(std::string_view text) {
    Scanner scanner(text);
    if (scanner.is_json()) {
        return scanner.type() == R"("FeatureCollection")";
    }
    // What only the full parser understands (a \u somewhere) is told by its beginning.
    constexpr std::size_t k_head = 4096;
    return text.substr(0, k_head).find(R"("FeatureCollection")") != std::string_view::npos;
}

} // namespace shirube::importers
