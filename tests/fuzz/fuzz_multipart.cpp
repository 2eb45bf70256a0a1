// Any bytes as the body of a form: what is read lies in the body, within its limits, and stands in it in order.
#include "server/http.hpp"
#include "server/multipart.hpp"

#include <cstdint>
#include <cstdlib>

using namespace shirube::server;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view all(reinterpret_cast<const char*>(data), size);
    const auto line = all.find('\n'); // the content type, then the body
    const auto type =
        line == std::string_view::npos ? std::string_view("multipart/form-data; boundary=b") : all.substr(0, line);
    const auto body = line == std::string_view::npos ? all : all.substr(line + 1);
    const MultipartLimits limits{.parts = 4, .header_bytes = 200, .field_bytes = 50};
    const auto parts = parse_multipart(type, body, limits);
    if (!parts) {
        return 0;
    }
    const char* at = body.data();
    for (const FormPart& part : *parts) {
        const bool lies_behind = part.content.data() >= at && part.content.data() + part.content.size() <= body.end();
        const bool is_short = part.file_name || part.content.size() <= limits.field_bytes;
        if (!lies_behind || !is_short || part.name.empty() || !is_valid_utf8(part.name)) {
            std::abort();
        }
        at = part.content.data() + part.content.size();
        if (part.file_name && plain_file_name(*part.file_name).find('/') != std::string::npos) {
            std::abort();
        }
    }
    if (parts->size() > limits.parts) {
        std::abort();
    }
    return 0;
}
