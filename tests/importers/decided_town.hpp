// A store into which lists of ties come, and decisions by hand on what they say.
#pragma once

#include "importers/import.hpp"
#include "importers/relations/decision_cells.hpp"
#include "importers/relations/written_tie.hpp"
#include "importers/written_row.hpp"
#include "tests/scratch_folder.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace shirube::importers::test {

using directory::ImportKind;
using directory::RelationReading;
using directory::Visibility;

inline WrittenCells mending_of(WrittenCells cells, const std::string& target, const std::string& columns) {
    cells.emplace_back("対象ID", target);
    cells.emplace_back("直した列", columns);
    return cells;
}

inline void put_in(WrittenCells& cells, std::string_view column, const std::string& text) {
    std::ranges::find(cells, column, &WrittenCells::value_type::first)->second = text;
}

struct DecidedTown {
    std::filesystem::path path = tests::new_scratch_folder("shirube-decisions");
    directory::Store store = directory::Store::open(path / "town.shirube", directory::OpenMode::write_or_create);
    int next = 0;

    DecidedTown() = default;
    DecidedTown(const DecidedTown&) = delete;
    DecidedTown& operator=(const DecidedTown&) = delete;
    ~DecidedTown() { std::filesystem::remove_all(path); }

    std::int64_t import(const std::string& csv, const std::string& list, ImportKind kind = ImportKind::relations,
                        const std::string& owner = "") {
        const auto file = path / "list.csv";
        std::ofstream(file) << csv;
        ImportOptions made = options(list);
        made.kind = kind;
        made.owner = owner;
        made.files = {file};
        const auto report = run_import(store, made, {});
        REQUIRE(report);
        return report->import_id;
    }

    static ImportOptions options(const std::string& list) {
        ImportOptions made;
        made.kind = ImportKind::relations;
        made.files = {"画面.csv"};
        made.list = list;
        made.municipality = "99201";
        made.as_of = "2026-10-01";
        return made;
    }

    /// What somebody decided; 0 where it was not taken.
    std::int64_t decide(WrittenCells cells, const std::string& owner = "99201") {
        cells.emplace_back("決めた日", "2026-10-02");
        cells.emplace_back("決めた人", "資源コーディネーター");
        cells.emplace_back("理由", "電話で聞いた");
        auto made = options("決めたこと " + std::to_string(next++ + 100));
        made.owner = owner;
        const auto report = append_written_row(store, made, cells);
        REQUIRE(report);
        codes.clear();
        for (const auto& issue : report->issues) {
            codes.push_back(issue.code);
        }
        return report->import_id;
    }

    /// Mends one column of the first tie; 0 where it was not taken.
    std::int64_t mend(const std::string& column, const std::string& text) {
        const auto before = state().relations.front();
        auto cells = cells_of(before.reading);
        put_in(cells, column, text);
        return decide(mending_of(std::move(cells), before.id, column));
    }

    std::vector<std::string> codes; ///< of the last decision

    [[nodiscard]] directory::State state(Visibility up_to = Visibility::coordinator) const {
        return store.read_state({.municipality = "99201", .owners = {{"99201", up_to}}});
    }

    [[nodiscard]] RelationReading tie() const {
        const auto now = state();
        REQUIRE(now.relations.size() == 1);
        return now.relations.front().reading;
    }
};

inline const std::string k_head_of_ties =
    "つながり,から,へ,情報提供,つなぎ,結果の共有,期間,開始日,終了日,備考,公開範囲\n";
inline const std::string k_one_referral = k_head_of_ties + "紹介,甲の会,乙の家,12,,0,2025年度,2024-04-01,,元の備考,\n";
inline const std::string k_one_meeting = "会議体,種類,構成員,開催\n要対協,,甲の会; 99341:甲の会; 乙の家,年4回\n";

} // namespace shirube::importers::test
