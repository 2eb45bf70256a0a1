#include "server/multipart.hpp"

#include "server/http.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace shirube::server {

namespace {

constexpr std::string_view k_type = "multipart/form-data";
constexpr std::string_view k_line_end = "\r\n";

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_same(std::string_view a, std::string_view b) noexcept { return std::ranges::equal(a, b, {}, lower, lower); }

bool begins(std::string_view text, std::string_view with) noexcept {
    return text.size() >= with.size() && is_same(text.substr(0, with.size()), with);
}

/// RFC 2046, 5.1.1: up to 70 of these. A blank may stand within one; no browser makes such, and none is taken.
bool is_boundary(std::string_view text) noexcept {
    constexpr std::size_t k_longest = 70;
    constexpr std::string_view k_marks = "'()+_,-./:=?";
    return !text.empty() && text.size() <= k_longest && std::ranges::all_of(text, [&](char c) {
        return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z') || k_marks.find(c) != k_marks.npos;
    });
}

/// The value of `; name=value` or `; name="value"` at the front of `rest`, which is taken off it.
struct Parameter {
    std::string_view name;
    std::string_view value;
};
std::optional<Parameter> take_parameter(std::string_view& rest) {
    rest = without_blanks(rest);
    if (!rest.starts_with(';')) {
        return std::nullopt;
    }
    rest = without_blanks(rest.substr(1));
    const auto equals = rest.find('=');
    if (equals == std::string_view::npos || equals == 0) {
        return std::nullopt;
    }
    Parameter parameter{.name = rest.substr(0, equals), .value = {}};
    rest.remove_prefix(equals + 1);
    if (rest.starts_with('"')) {
        const auto end = rest.find('"', 1);
        if (end == std::string_view::npos) {
            return std::nullopt;
        }
        parameter.value = rest.substr(1, end - 1);
        rest.remove_prefix(end + 1);
    } else {
        const auto end = std::min(rest.find(';'), rest.size());
        parameter.value = without_blanks(rest.substr(0, end));
        rest.remove_prefix(end);
    }
    return parameter;
}

std::optional<std::string_view> boundary_of(std::string_view content_type) {
    if (!is_multipart_form(content_type)) {
        return std::nullopt;
    }
    auto rest = content_type.substr(k_type.size());
    std::optional<std::string_view> boundary;
    while (!without_blanks(rest).empty()) {
        const auto parameter = take_parameter(rest);
        if (!parameter) {
            return std::nullopt;
        }
        if (is_same(parameter->name, "boundary")) {
            if (boundary) {
                return std::nullopt;
            }
            boundary = parameter->value;
        }
    }
    return boundary && is_boundary(*boundary) ? boundary : std::nullopt;
}

/// The HTML standard writes a quotation mark and line ends of a name so, and nothing else.
std::string unescaped(std::string_view text) {
    constexpr std::array<std::pair<std::string_view, char>, 3> k_written{{{"%22", '"'}, {"%0D", '\r'}, {"%0A", '\n'}}};
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto* const found = std::ranges::find_if(
            k_written, [&](const auto& written) { return text.substr(at).starts_with(written.first); });
        if (found != k_written.end()) {
            out += found->second;
            at += found->first.size();
        } else {
            out += text[at++];
        }
    }
    return out;
}

/// Name and file name out of `form-data; name="…"; filename="…"`.
std::optional<FormPart> disposition_of(std::string_view value) {
    constexpr std::string_view k_form_data = "form-data";
    if (!begins(value, k_form_data)) {
        return std::nullopt;
    }
    auto rest = value.substr(k_form_data.size());
    std::optional<std::string> name;
    FormPart part;
    while (!without_blanks(rest).empty()) {
        const auto parameter = take_parameter(rest);
        if (!parameter || !is_valid_utf8(parameter->value)) {
            return std::nullopt;
        }
        if (is_same(parameter->name, "name") && !name) {
            name = unescaped(parameter->value);
        } else if (is_same(parameter->name, "filename") && !part.file_name) {
            part.file_name = unescaped(parameter->value);
        } else {
            return std::nullopt; // twice, or filename* (RFC 7578, 4.2: not to be used)
        }
    }
    if (!name || name->empty()) {
        return std::nullopt;
    }
    part.name = std::move(*name);
    return part;
}

/// A part's header lines. Nothing where they are no header of a form's field.
std::optional<FormPart> part_of(std::string_view header) {
    std::optional<FormPart> part;
    while (!header.empty()) {
        const auto end = std::min(header.find(k_line_end), header.size());
        const auto line = header.substr(0, end);
        header.remove_prefix(std::min(header.size(), end + k_line_end.size()));
        const auto colon = line.find(':');
        const bool is_line = colon != std::string_view::npos && colon > 0 &&
                             std::ranges::all_of(line, [](char c) { return static_cast<unsigned char>(c) >= 0x20; });
        if (!is_line || line.front() == ' ') {
            return std::nullopt; // folded lines too
        }
        const auto name = line.substr(0, colon);
        const auto value = without_blanks(line.substr(colon + 1));
        if (is_same(name, "Content-Disposition")) {
            if (part) {
                return std::nullopt;
            }
            part = disposition_of(value);
            if (!part) {
                return std::nullopt;
            }
            continue;
        }
        // Several files in one field nobody has sent since 2015.
        const bool is_several = is_same(name, "Content-Type") && begins(value, "multipart/");
        const bool is_encoded = is_same(name, "Content-Transfer-Encoding") && !is_same(value, "binary") &&
                                !is_same(value, "8bit") && !is_same(value, "7bit");
        if (is_several || is_encoded) {
            return std::nullopt;
        }
    }
    return part;
}

class Parts {
  public:
    Parts(std::string_view boundary, std::string_view body, const MultipartLimits& limits)
        : delimiter_("\r\n--" + std::string(boundary)), body_(body), limits_(limits) {}

    std::expected<std::vector<FormPart>, MultipartFault> read() {
        // The first delimiter has no line before it: no browser writes a preamble.
        const std::string_view first = std::string_view(delimiter_).substr(k_line_end.size());
        if (!body_.starts_with(first)) {
            return std::unexpected(MultipartFault::malformed);
        }
        body_.remove_prefix(first.size());
        while (!body_.starts_with("--")) {
            if (const auto fault = read_part()) {
                return std::unexpected(*fault);
            }
        }
        body_.remove_prefix(2);
        if (!body_.empty() && body_ != k_line_end) {
            return std::unexpected(MultipartFault::malformed); // something stands behind the end
        }
        return std::move(parts_);
    }

  private:
    std::optional<MultipartFault> read_part() {
        if (body_.size() < k_line_end.size()) {
            return MultipartFault::cut_short;
        }
        if (!body_.starts_with(k_line_end)) {
            return MultipartFault::malformed;
        }
        if (parts_.size() == limits_.parts) {
            return MultipartFault::too_many_parts;
        }
        body_.remove_prefix(k_line_end.size());
        constexpr std::string_view k_blank_line = "\r\n\r\n";
        const auto header_end = body_.substr(0, limits_.header_bytes + k_blank_line.size()).find(k_blank_line);
        if (header_end == std::string_view::npos) {
            return body_.size() > limits_.header_bytes ? MultipartFault::header_too_large : MultipartFault::cut_short;
        }
        auto part = part_of(body_.substr(0, header_end));
        if (!part) {
            return MultipartFault::malformed;
        }
        body_.remove_prefix(header_end + k_blank_line.size());
        // An empty field's delimiter begins with the line end that ends its header.
        const auto end = body_.find(delimiter_);
        if (end == std::string_view::npos) {
            return MultipartFault::cut_short;
        }
        part->content = body_.substr(0, end);
        if (!part->file_name && part->content.size() > limits_.field_bytes) {
            return MultipartFault::field_too_large;
        }
        body_.remove_prefix(end + delimiter_.size());
        parts_.push_back(std::move(*part));
        return std::nullopt;
    }

    std::string delimiter_;
    std::string_view body_;
    const MultipartLimits& limits_;
    std::vector<FormPart> parts_;
};

} // namespace

bool is_multipart_form(std::string_view content_type) noexcept {
    return begins(content_type, k_type) && (content_type.size() == k_type.size() ||
                                            content_type[k_type.size()] == ';' || content_type[k_type.size()] == ' ');
}

std::expected<std::vector<FormPart>, MultipartFault> parse_multipart(std::string_view content_type,
                                                                     std::string_view body,
                                                                     const MultipartLimits& limits) {
    const auto boundary = boundary_of(content_type);
    if (!boundary) {
        return std::unexpected(MultipartFault::not_multipart);
    }
    return Parts(*boundary, body, limits).read();
}

std::string plain_file_name(std::string_view sent) {
    const auto folder = sent.find_last_of("/\\");
    const auto base = folder == std::string_view::npos ? sent : sent.substr(folder + 1);
    std::string name;
    for (const char c : base) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 && byte != 0x7f) {
            name += c;
        }
    }
    constexpr std::size_t k_longest = 120;
    while (name.size() > k_longest || (!name.empty() && !is_valid_utf8(name))) {
        name.pop_back();
    }
    const bool is_only_dots = std::ranges::all_of(name, [](char c) { return c == '.' || c == ' '; });
    return is_only_dots ? std::string{} : name;
}

} // namespace shirube::server
