#include "server/api/api.hpp"
#include "server/pages/site_files.hpp"

namespace shirube::server {

Answer get_openapi(const Request&) {
    static const auto document = std::make_shared<const std::string>(site_file("openapi.json"));
    Answer answer;
    answer.content_type = "application/vnd.oai.openapi+json;version=3.1";
    answer.shared_body = document;
    answer.etag_basis = site_digest();
    return answer;
}

} // namespace shirube::server
