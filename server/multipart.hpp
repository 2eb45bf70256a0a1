// multipart/form-data as browsers send it (RFC 7578, RFC 2046 5.1, and the HTML standard's own way of writing names):
// the body of a form with a file. Strict: what no browser sends is refused, so that nothing is understood two ways.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::server {

/// One field of the form. `content` is a view into the body.
struct FormPart {
    std::string name;
    std::optional<std::string> file_name{}; ///< of a file, as its sender wrote it; a field of text has none
    std::string_view content{};
};

struct MultipartLimits {
    std::size_t parts = 32;
    std::size_t header_bytes = 2'048;   ///< of a part
    std::size_t field_bytes = 8 * 1024; ///< of a field of text
};

enum class MultipartFault : std::uint8_t {
    not_multipart,    ///< another content type, or one without a boundary that could be one
    cut_short,        ///< the closing boundary never comes
    malformed,        ///< anything else that no browser sends
    too_many_parts,   ///< limits.parts
    header_too_large, ///< limits.header_bytes
    field_too_large   ///< limits.field_bytes
};

bool is_multipart_form(std::string_view content_type) noexcept;

/// The parts in their order. Names may repeat.
/// \param content_type of the request, with its boundary
std::expected<std::vector<FormPart>, MultipartFault> parse_multipart(std::string_view content_type,
                                                                     std::string_view body,
                                                                     const MultipartLimits& limits = {});

/// What a file's name is to us: without folders, without what does not print, at most 120 bytes of UTF-8. Empty where
/// nothing is left of it.
std::string plain_file_name(std::string_view sent);

} // namespace shirube::server
