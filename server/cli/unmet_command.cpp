// shirube unmet: what caseworkers counted as not found, as the file has it. Whoever can read the file reads the same,
// so nothing is withheld.
#include "directory/unmet.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/spoken.hpp"
#include "server/cli/text_table.hpp"
#include "server/editions.hpp"
#include "server/pages/texts.hpp"
#include "server/staff/unmet_words.hpp"

#include <fmt/format.h>

#include <optional>
#include <string>
#include <system_error>
#include <vector>

namespace shirube::server {

int run_unmet_command(const std::filesystem::path& store, const std::string& language) {
    const auto say = [&](const Spoken& words) { return std::string(words.in(language)); };
    const auto edition = load_edition(store);
    const auto file = directory::unmet_beside(store);
    std::error_code ignored;
    std::vector<directory::UnmetCount> counts;
    if (std::filesystem::exists(file, ignored)) {
        counts = directory::Unmet::open(file).all(std::nullopt);
    }
    if (counts.empty()) {
        fmt::print("{}\n", say({"まだ何も数えられていません。", "Nothing has been counted yet."}));
        return k_exit_done;
    }
    TextTable table({{say({"市区町村", "municipality"})},
                     {say({"月", "month"})},
                     {say({"区域", "district"})},
                     {say({"年齢", "age"})},
                     {say({"困りごと", "need"})},
                     {say({"数", "count"}), TextTable::Side::right}});
    const Texts& texts = Texts::in(language);
    for (const auto& [of, count] : counts) {
        table.add({of.owner, month_in_figures(of.month),
                   of.district.empty() ? texts.get("unmet.nowhere") : unmet_district_name(edition->reader, of.district),
                   band_in_words(of.band, texts), unmet_need_name(edition->reader, of.need, language),
                   std::to_string(count)});
    }
    fmt::print("{}{}\n", table.text(),
               say({"少ない数も伏せずに示しています。外へ出さないでください。",
                    "Small counts are not withheld here: keep this table inside."}));
    return k_exit_done;
}

} // namespace shirube::server
