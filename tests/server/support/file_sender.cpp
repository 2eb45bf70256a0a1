#include "tests/server/support/file_sender.hpp"

#include "tests/server/support/small_town.hpp"

#include <iconv.h>

#include <chrono>
#include <stdexcept>
#include <thread>

namespace shirube::tests {

server::Request form_with_file(std::string_view target, const std::string& token, const server::Query& fields,
                               const std::string& name, std::string_view bytes) {
    auto request = staff_request(target, token);
    request.method = server::Method::post;
    request.content_type = "multipart/form-data; boundary=----boundary42";
    request.origin = "http://127.0.0.1:8080";
    for (const auto& [field, value] : fields) {
        request.body +=
            "------boundary42\r\nContent-Disposition: form-data; name=\"" + field + "\"\r\n\r\n" + value + "\r\n";
    }
    request.body += "------boundary42\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name +
                    "\"\r\nContent-Type: application/octet-stream\r\n\r\n";
    request.body += bytes;
    request.body += "\r\n------boundary42--\r\n";
    return request;
}

server::Answer send_file(const DeskWorker& steward, const std::string& name, std::string_view bytes,
                         server::Query fields) {
    fields.emplace_back("csrf", steward.csrf);
    return steward.town.ask(form_with_file("/staff/desk/file", steward.token, fields, name, bytes));
}

server::Answer looked_at(const DeskWorker& steward, const server::Answer& answer) {
    const auto location = header_of(answer, "Location");
    if (answer.status != 303 || location.empty()) {
        throw std::runtime_error("the file was not taken: " + std::string(answer.content()));
    }
    constexpr int k_tries = 3'000;
    for (int i = 0; i < k_tries; ++i) {
        auto page = steward.get(location);
        if (header_of(page, "Refresh").empty()) {
            return page;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds{10});
    }
    throw std::runtime_error("the file is never done with");
}

server::Answer previewed(const DeskWorker& steward, const std::string& name, std::string_view bytes,
                         server::Query fields) {
    return looked_at(steward, send_file(steward, name, bytes, std::move(fields)));
}

int figure_of(const server::Answer& page, std::string_view kind, std::string_view name) {
    const std::string content{page.content()};
    const std::string mark = "data-" + std::string(kind) + "=\"" + std::string(name) + "\"";
    const auto at = content.find("<b>", content.find(mark));
    if (content.find(mark) == std::string::npos || at == std::string::npos) {
        return -1;
    }
    return std::stoi(content.substr(at + 3));
}

std::string in_cp932(const std::string& utf8) {
    iconv_t const converter = ::iconv_open("CP932", "UTF-8");
    std::string in = utf8;
    std::string out(utf8.size() * 2, '\0');
    char* from = in.data();
    char* to = out.data();
    std::size_t left = in.size();
    std::size_t room = out.size();
    const auto done = ::iconv(converter, &from, &left, &to, &room);
    ::iconv_close(converter);
    if (done == static_cast<std::size_t>(-1)) {
        throw std::runtime_error("no CP932: " + utf8);
    }
    out.resize(out.size() - room);
    return out;
}

} // namespace shirube::tests
