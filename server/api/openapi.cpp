#include "directory/embedded_data_file.hpp"
#include "server/api/api.hpp"

namespace shirube::server {

Answer get_openapi(const Request&) {
    static const auto document = std::make_shared<const std::string>(directory::embedded_data_file("openapi.json"));
    Answer answer;
    answer.content_type = "application/vnd.oai.openapi+json;version=3.1";
    answer.shared_body = document;
    answer.etag_basis = "openapi";
    return answer;
}

} // namespace shirube::server
