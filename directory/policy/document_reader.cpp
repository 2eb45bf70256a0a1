#include "directory/policy/document_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace shirube::directory {

namespace {

constexpr std::size_t k_longest_text = 4000;

/// RFC 6901: in a pointer ~ is ~0 and / is ~1.
std::string escaped(std::string_view name) {
    std::string out;
    for (const char character : name) {
        if (character == '~') {
            out += "~0";
        } else if (character == '/') {
            out += "~1";
        } else {
            out += character;
        }
    }
    return out;
}

} // namespace

void DocumentReader::fail(Fault fault) const { throw Found{{pointer_, std::move(fault.en), std::move(fault.ja)}}; }

void DocumentReader::fail_at(std::string_view member, Fault fault) const {
    throw Found{{fmt::format("{}/{}", pointer_, escaped(member)), std::move(fault.en), std::move(fault.ja)}};
}

std::string DocumentReader::text(const char* name) const {
    const auto found = value_.find(name);
    if (found == value_.end() || !found->is_string() || found->get_ref<const std::string&>().empty()) {
        fail_at(name, {fmt::format("\"{}\" must be a text that is not empty.", name),
                       fmt::format("「{}」に文を書いてください。", name)});
    }
    const auto& text = found->get_ref<const std::string&>();
    if (text.size() > k_longest_text) {
        fail_at(name, {fmt::format("\"{}\" is longer than {} bytes.", name, k_longest_text),
                       fmt::format("「{}」が長すぎます（{} バイトまで）。", name, k_longest_text)});
    }
    return text;
}

std::optional<std::string> DocumentReader::maybe_text() const {
    return value_.is_string() ? std::optional(value_.get<std::string>()) : std::nullopt;
}

double DocumentReader::number(const char* name, double otherwise, double least, double most) const {
    const auto found = value_.find(name);
    if (found == value_.end()) {
        return otherwise;
    }
    if (!found->is_number()) {
        fail_at(name,
                {fmt::format("\"{}\" must be a number.", name), fmt::format("「{}」は数で書いてください。", name)});
    }
    const auto value = found->get<double>();
    if (!(value >= least && value <= most)) {
        fail_at(name, {fmt::format("\"{}\" must lie from {} to {}.", name, least, most),
                       fmt::format("「{}」は {} から {} までの数にしてください。", name, least, most)});
    }
    return value;
}

int DocumentReader::whole(const char* name, int otherwise, int least, int most) const {
    const double value = number(name, otherwise, least, most);
    if (value != std::floor(value)) {
        fail_at(name, {fmt::format("\"{}\" must be a whole number.", name),
                       fmt::format("「{}」は整数にしてください。", name)});
    }
    return static_cast<int>(value);
}

bool DocumentReader::flag(const char* name) const {
    const auto found = value_.find(name);
    if (found == value_.end()) {
        return false;
    }
    if (!found->is_boolean()) {
        fail_at(name, {fmt::format("\"{}\" must be true or false.", name),
                       fmt::format("「{}」は true か false です。", name)});
    }
    return found->get<bool>();
}

DocumentReader DocumentReader::object(const char* name, const Fault& otherwise) const {
    const auto found = value_.find(name);
    if (found == value_.end() || !found->is_object()) {
        fail_at(name, otherwise);
    }
    return {*found, fmt::format("{}/{}", pointer_, name)};
}

std::optional<DocumentReader> DocumentReader::maybe_object(const char* name, const Fault& otherwise) const {
    return has(name) ? std::optional(object(name, otherwise)) : std::nullopt;
}

void DocumentReader::refuse_all_but(std::span<const std::string_view> known) const {
    if (!value_.is_object()) {
        fail({"This must be an object.", "ここはオブジェクトで書いてください。"});
    }
    for (const auto& [name, value] : value_.items()) {
        if (std::ranges::find(known, std::string_view{name}) == known.end()) {
            fail_at(name, {fmt::format("There is no member \"{}\" here.", name),
                           fmt::format("ここに「{}」という項目はありません。", name)});
        }
    }
}

const nlohmann::json& DocumentReader::array(const char* name, std::size_t least, std::size_t most,
                                            const Fault& otherwise) const {
    const auto found = value_.find(name);
    if (found == value_.end() || !found->is_array() || found->size() < least) {
        fail_at(name, otherwise);
    }
    if (found->size() > most) {
        fail_at(name, {fmt::format("\"{}\" has more than {} entries.", name, most),
                       fmt::format("「{}」は {} 件までです。", name, most)});
    }
    return *found;
}

} // namespace shirube::directory
