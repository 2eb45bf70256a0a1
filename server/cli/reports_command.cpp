// shirube reports: what the public says is wrong and nobody has looked at yet, for a city whose staff have no accounts.
#include "directory/reports.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/spoken.hpp"
#include "server/cli/text_table.hpp"
#include "server/editions.hpp"
#include "server/pages/search/card.hpp"
#include "server/pages/texts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <system_error>

namespace shirube::server {

namespace {

/// On one line of a terminal.
std::string on_one_line(std::string text) {
    std::ranges::replace(text, '\n', ' ');
    return text;
}

std::string name_of(const directory::Reader& reader, const std::string& id, std::string_view language) {
    auto index = reader.find_service(id);
    if (const auto* moved = reader.find_moved(id); !index && moved != nullptr) {
        index = reader.find_service(moved->to);
    }
    return index ? service_name(reader, reader.services()[*index], language) : std::string{"-"};
}

} // namespace

int run_reports_command(const std::filesystem::path& store, const std::string& language) {
    const auto say = [&](const Spoken& words) { return std::string(words.in(language)); };
    const auto edition = load_edition(store);
    const auto file = directory::reports_beside(store);
    std::error_code ignored;
    std::vector<directory::Report> open;
    if (std::filesystem::exists(file, ignored)) {
        open = directory::Reports::open(file).open_ones(std::nullopt, std::numeric_limits<std::int32_t>::max());
    }
    if (open.empty()) {
        fmt::print("{}\n", say({"まだ確かめていない知らせはありません。", "Nothing waits to be looked at."}));
        return k_exit_done;
    }
    TextTable table({{say({"番号", "number"}), TextTable::Side::right},
                     {say({"届いた日", "received"})},
                     {say({"市区町村", "municipality"})},
                     {"ID"},
                     {say({"名称", "name"})},
                     {say({"何がちがうか", "what is wrong"})},
                     {say({"言葉", "words"})}});
    const Texts& texts = Texts::in(language);
    for (const auto& report : open) {
        table.add({std::to_string(report.id), directory::to_string(report.said.day),
                   report.said.owner.empty() ? "-" : report.said.owner, report.said.service,
                   name_of(edition->reader, report.said.service, language),
                   texts.get("report.kind_" + std::string{directory::code_of(report.said.kind)}),
                   on_one_line(report.said.text)});
    }
    fmt::print("{}", table.text());
    return k_exit_done;
}

} // namespace shirube::server
