// Any bytes as the words of a report and as a text of a calendar file: what is kept is UTF-8, without anything unseen,
// and clean already; no line of the file is longer than 75 octets, and it says the same again.
#include "directory/reports.hpp"
#include "server/api/icalendar.hpp"
#include "server/http.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

using namespace shirube;

namespace {

void require(bool holds) {
    if (!holds) {
        std::abort();
    }
}

std::string unfolded(std::string_view file) {
    std::string line;
    while (!file.empty()) {
        const auto end = file.find("\r\n");
        require(end != std::string_view::npos && end <= 75);
        line += file.substr(line.empty() ? 0 : 1, end - (line.empty() ? 0 : 1));
        file.remove_prefix(end + 2);
    }
    return line;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto clean = directory::clean_report_text(text);
    require(server::is_valid_utf8(clean));
    require(directory::clean_report_text(clean) == clean);
    require(directory::characters_in(clean) <= clean.size());
    for (const char c : clean) {
        require(c == '\n' || static_cast<unsigned char>(c) >= 0x20);
    }
    std::string file;
    const auto escaped = server::calendar_text(text);
    server::append_calendar_line(file, "X", escaped);
    require(unfolded(file) == "X:" + escaped);
    return 0;
}
