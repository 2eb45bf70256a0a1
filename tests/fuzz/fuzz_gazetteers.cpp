// Any bytes as a table of a gazetteer: a header is one of those known or is refused, every row lands in one bin, and
// what is taken lies in Japan.
#include "directory/blocks.hpp"
#include "geo/lonlat.hpp"
#include "importers/files/decode.hpp"
#include "importers/gazetteer/address_base.hpp"
#include "importers/gazetteer/gazetteer_table.hpp"
#include "importers/gazetteer/position_reference.hpp"
#include "importers/report/intake.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <optional>

using namespace shirube;
using namespace shirube::importers;

namespace {

void check(const std::vector<directory::BatchList>& lists) {
    for (const directory::BatchList& list : lists) {
        for (const directory::BatchRow& row : list.rows) {
            const auto& town = std::get<directory::TownReading>(row.reading);
            if ((town.town.empty() && town.koaza.empty()) || !geo::within_japan(town.position)) {
                std::abort();
            }
            if (town.blocks && directory::unpack_blocks(*town.blocks).size() != directory::count_blocks(*town.blocks)) {
                std::abort();
            }
        }
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    // The registry's names and positions stand in files of their own: a form feed parts them.
    std::string_view rest(reinterpret_cast<const char*>(data), size);
    Report report;
    ImportOptions options;
    options.kind = directory::ImportKind::gazetteer;
    const Limits limits{.cell_bytes = 200, .columns = 50, .table_cells = 20'000};
    const Progress progress;
    Intake intake(report, options, limits, progress);
    PositionReference position_reference(intake);
    AddressBase address_base(intake);
    for (int files = 0; files < 4; ++files) {
        const std::size_t end = std::min(rest.find('\f'), rest.size());
        const auto decoded = decode(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (!decoded) {
            continue;
        }
        intake.begin_file("table" + std::to_string(files));
        std::optional<GazetteerTable> table;
        const auto begin = [&](std::vector<std::string> header) -> std::expected<void, FileProblem> {
            auto known = GazetteerTable::recognise(std::move(header), "");
            if (!known) {
                return std::unexpected(std::move(known.error()));
            }
            table = std::move(*known);
            return {};
        };
        static_cast<void>(for_each_row(decoded->text, limits, begin, [&](const Record& record) {
            const bool of_ministry = table->kind() == TableKind::isj_town || table->kind() == TableKind::isj_block;
            if (of_ministry) {
                position_reference.read(*table, record);
            } else {
                address_base.read(*table, record);
            }
        }));
    }
    check(position_reference.take());
    if (const auto lists = address_base.take()) {
        check(*lists);
        if (!report.rows.adds_up()) {
            std::abort();
        }
    }
    return 0;
}
