#include "importers/corrections.hpp"

#include "directory/correction.hpp"
#include "importers/cleaning/contact_columns.hpp"
#include "importers/cleaning/dates.hpp"
#include "importers/cleaning/private_homes.hpp"
#include "importers/cleaning/text.hpp"
#include "importers/columns/row_cells.hpp"
#include "importers/columns/wanted_tables.hpp"
#include "importers/files/csv.hpp"
#include "importers/files/table_file.hpp"
#include "importers/layouts/template_choices.hpp"
#include "importers/layouts/template_service.hpp"
#include "importers/report/explanation.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace shirube::importers {

namespace {

using directory::CorrectedField;
using directory::CorrectionReading;

/// Which columns a value stands in; they are corrected together.
struct FieldColumns {
    CorrectedField field;
    std::vector<std::string_view> columns;
    bool may_be_unknown = true;
};

const std::vector<FieldColumns>& fields() {
    static const std::vector<FieldColumns> known{
        {CorrectedField::name, {"名称"}, false},
        {CorrectedField::kana, {"名称_カナ"}},
        {CorrectedField::public_name, {"公開名称"}},
        {CorrectedField::address, {"住所"}},
        {CorrectedField::building, {"方書"}},
        {CorrectedField::position, {"緯度", "経度"}},
        {CorrectedField::ages, {"対象年齢_開始", "対象年齢_終了", "学校段階"}},
        {CorrectedField::for_whom, {"対象"}},
        {CorrectedField::entry, {"利用方法"}},
        {CorrectedField::fee, {"料金"}},
        {CorrectedField::transport, {"送迎"}},
        {CorrectedField::capacity, {"定員"}},
        {CorrectedField::contract, {"契約"}},
        {CorrectedField::department, {"所管課"}},
        {CorrectedField::status, {"状態"}, false},
        {CorrectedField::certainty, {"確度"}, false},
        {CorrectedField::schedules, {"開催曜日", "開催日", "開催開始時間", "開催終了時間", "開催日時特記事項", "祝日"}},
        {CorrectedField::features, {"特徴"}},
        {CorrectedField::serves, {"対象区域"}},
        {CorrectedField::usable_by, {"利用可能住民", "広域利用の条件"}},
        {CorrectedField::phone, {"電話番号"}},
        {CorrectedField::url, {"URL"}},
        {CorrectedField::note, {"備考"}},
        {CorrectedField::valid_from, {"開始年月日"}},
        {CorrectedField::valid_to, {"終了年月日"}},
        {CorrectedField::last_confirmed_on, {"最終確認日"}}};
    return known;
}

const std::vector<std::string_view>& columns() {
    static const std::vector<std::string_view> known = [] {
        std::vector<std::string_view> all{k_correction_target, k_correction_other, k_correction_verdict,
                                          k_correction_on,     k_correction_by,    k_correction_reason,
                                          "市区町村コード",    "市区町村名"};
        for (const FieldColumns& of : fields()) {
            all.insert(all.end(), of.columns.begin(), of.columns.end());
        }
        return all;
    }();
    return known;
}

constexpr std::array k_required{k_correction_target, k_correction_on, k_correction_by, k_correction_reason};

/// Doubts beside which a value may still be taken; any other problem leaves a cell unread.
bool is_mild(std::string_view code) {
    constexpr std::array<std::string_view, 5> k_mild{"address_not_found", "municipality_contradiction",
                                                     "municipality_check_digit", "position_far_from_address",
                                                     "cell_tabs"};
    return std::ranges::find(k_mild, code) != k_mild.end();
}

/// As directory/store/identity.hpp mints them.
bool is_public_id(std::string_view text) {
    constexpr std::size_t k_letters = 13;
    return text.size() == k_letters &&
           std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'); });
}

std::optional<bool> verdict_of(std::string_view text) {
    constexpr std::array<std::string_view, 4> k_same{k_verdict_same, "同一", "同じ場所", "same"};
    constexpr std::array<std::string_view, 5> k_apart{k_verdict_apart, "別々", "別の場所", "違う", "apart"};
    if (std::ranges::find(k_same, text) != k_same.end()) {
        return true;
    }
    return std::ranges::find(k_apart, text) != k_apart.end() ? std::optional(false) : std::nullopt;
}

class CorrectionRows {
  public:
    CorrectionRows(const Table& table, const CorrectionDesk& desk, Intake& intake)
        : table_(table), desk_(desk), intake_(intake) {}

    void read(const Record& record, directory::BatchList& list) {
        if (is_blank(record.cells)) {
            intake_.count(Bin::blank);
            return;
        }
        if (is_example_row(record)) {
            intake_.note("row_example", {.row = record.row});
            intake_.count(Bin::out_of_scope);
            return;
        }
        RowCells cells(table_.header, record, intake_.options().language, is_contact_column);
        if (is_undecided(cells)) {
            intake_.count(Bin::out_of_scope);
            return;
        }
        auto correction = read_row(cells);
        if (record.cells.size() > table_.header.size()) {
            // A comma too many moves every value behind it into another column.
            cells.note_row({"row_too_long", std::to_string(record.cells.size() - table_.header.size())});
            correction.reset();
        }
        std::vector<Issue> issues = cells.take_issues();
        const bool is_flagged = !issues.empty();
        for (Issue& issue : issues) {
            issue.row = record.row;
            intake_.keep(std::move(issue));
        }
        if (!correction) {
            intake_.turn_away(table_, record);
            return;
        }
        directory::BatchRow row;
        row.key = key_of(*correction);
        row.file = intake_.file();
        row.sheet = intake_.sheet();
        row.row = record.row;
        row.cells = verbatim_cells(record.cells);
        row.flagged = is_flagged;
        row.reading = std::move(*correction);
        list.rows.push_back(std::move(row));
        intake_.count(is_flagged ? Bin::flagged : Bin::accepted);
    }

  private:
    /// A pair of `shirube links` that nobody has decided yet.
    static bool is_undecided(RowCells& cells) {
        return !plain(cells.text(k_correction_other)).empty() && plain(cells.text(k_correction_verdict)).empty();
    }

    /// One decision of one day on one thing: a newer one is another row.
    static std::string key_of(const CorrectionReading& correction) {
        std::vector<std::string_view> named;
        for (const auto field : correction.fields) {
            named.push_back(directory::code_of(field));
        }
        return fmt::format("{}|{}|{}|{}", correction.target, correction.other,
                           correction.on ? directory::to_string(*correction.on) : "", fmt::join(named, ","));
    }

    std::optional<CorrectionReading> read_row(RowCells& cells) const {
        CorrectionReading correction;
        read_who_and_why(cells, correction);
        correction.target = read_id(cells, k_correction_target);
        const bool is_decision =
            !plain(cells.text(k_correction_other)).empty() || !plain(cells.text(k_correction_verdict)).empty();
        const std::vector<std::string_view> filled = clear_marked(cells, correction);
        if (is_decision) {
            read_decision(cells, correction);
            if (!filled.empty()) {
                cells.note({"correction_mixed"}, filled.front());
            }
        } else {
            read_values(cells, filled, correction);
        }
        if (is_refused(cells)) {
            return std::nullopt;
        }
        for (const auto& [id, column] :
             {std::pair{&correction.target, k_correction_target}, {&correction.other, k_correction_other}}) {
            if (!id->empty() && !desk_.stands(*id)) {
                cells.note({"correction_target_unknown", *id}, column);
            }
        }
        return correction;
    }

    static void read_who_and_why(RowCells& cells, CorrectionReading& correction) {
        const auto on = cells.take(parse_date_span(cells.raw(k_correction_on)), k_correction_on);
        if (on && on->first > directory::now_in_tokyo().day) {
            cells.note({"correction_date_future"}, k_correction_on); // it would go before every later decision
        } else if (on && on->is_rough) {
            cells.note({"date_rough"}, k_correction_on);
        } else if (on) {
            correction.on = on->first;
        } else if (plain(cells.text(k_correction_on)).empty()) {
            cells.note({"correction_date_missing"}, k_correction_on);
        }
        correction.by = directory::parse_code<directory::Decider>(cells.text(k_correction_by));
        if (!correction.by) {
            cells.note({"correction_by_unknown", in_words(labels_of<directory::Decider>())}, k_correction_by);
        }
        constexpr std::size_t k_most_letters = 500;
        correction.reason = shortened(cells.free_text(k_correction_reason), k_most_letters);
        if (correction.reason.empty()) {
            cells.note({"correction_reason_missing"}, k_correction_reason);
        }
    }

    static std::string read_id(RowCells& cells, std::string_view column) {
        const std::string id = plain(cells.text(column));
        if (id.empty()) {
            cells.note({"correction_id_missing"}, column);
        } else if (!is_public_id(id)) {
            cells.note({"correction_id_malformed", shortened(id, 30)}, column);
        }
        return id;
    }

    static void read_decision(RowCells& cells, CorrectionReading& correction) {
        correction.other = read_id(cells, k_correction_other);
        const auto same = verdict_of(plain(cells.text(k_correction_verdict)));
        if (!same) {
            cells.note({"correction_verdict_unknown"}, k_correction_verdict);
        }
        correction.same = same.value_or(false);
        if (correction.target == correction.other) {
            cells.note({"correction_pair_of_one"}, k_correction_other);
        }
    }

    /// Empties cells that say so, which makes their fields known as corrected.
    /// \returns the columns of values that are filled
    static std::vector<std::string_view> clear_marked(RowCells& cells, CorrectionReading& correction) {
        std::vector<std::string_view> filled;
        for (const FieldColumns& of : fields()) {
            bool is_corrected = false;
            for (const std::string_view column : of.columns) {
                const std::string_view text = trimmed(cells.raw(column));
                if (text.empty()) {
                    continue;
                }
                filled.push_back(column);
                is_corrected = true;
                if (text == k_clear) {
                    if (!of.may_be_unknown) {
                        cells.note({"correction_cannot_clear", std::string(column)}, column);
                    }
                    cells.put(column, {});
                }
            }
            if (is_corrected) {
                correction.fields.push_back(of.field);
            }
        }
        return filled;
    }

    /// A schedule takes the place of the one before as a whole: days without hours would drop the hours unseen.
    /// \returns the column that must be filled too, or emptied by the word for it
    static std::optional<std::string_view> half_of_schedule(std::span<const std::string_view> filled) {
        const auto is_filled = [&](std::string_view column) {
            return std::ranges::find(filled, column) != filled.end();
        };
        const bool days = is_filled("開催曜日") || is_filled("開催日");
        const bool hours = is_filled("開催開始時間") || is_filled("開催終了時間");
        const bool any = days || hours || is_filled("開催日時特記事項") || is_filled("祝日");
        if (!any || (days && hours)) {
            return std::nullopt;
        }
        return days ? "開催開始時間" : "開催曜日";
    }

    void read_values(RowCells& cells, std::span<const std::string_view> filled, CorrectionReading& correction) const {
        if (correction.fields.empty()) {
            cells.note_row({"correction_empty"});
            return;
        }
        if (const auto left_out = half_of_schedule(filled)) {
            cells.note({"correction_schedule_partial", std::string(*left_out)}, *left_out);
        }
        for (const std::string_view column : {"名称", "公開名称"}) {
            if (names_private_home(cells.text(column))) {
                cells.note({"private_home"}, column);
            }
        }
        const LayoutContext context{.taxonomy = desk_.taxonomy,
                                    .locator = desk_.locator,
                                    .municipality = intake_.options().municipality,
                                    .language = intake_.options().language};
        correction.site = read_place(cells, k_template_place, context);
        correction.site.official_name = cells.text("名称");
        correction.site.public_name = cells.text("公開名称");
        correction.site.kana = cells.text("名称_カナ");
        correction.service = read_template_service(cells, desk_.locator);
        settle(correction);
    }

    /// An address takes building and position along; who was asked on a day is confirmed, unless the row says
    /// otherwise.
    static void settle(CorrectionReading& correction) {
        const auto has = [&](CorrectedField field) {
            return std::ranges::find(correction.fields, field) != correction.fields.end();
        };
        if (has(CorrectedField::address)) {
            std::erase(correction.fields, CorrectedField::building);
            std::erase(correction.fields, CorrectedField::position);
        }
        if (has(CorrectedField::last_confirmed_on) && correction.service.last_confirmed_on &&
            !has(CorrectedField::certainty)) {
            correction.fields.push_back(CorrectedField::certainty);
            std::ranges::sort(correction.fields);
        }
        keep_named(correction);
    }

    /// What the row does not correct is left out of its reading, so that it says what it does and no more.
    static void keep_named(CorrectionReading& correction) {
        CorrectionReading named;
        named.fields = correction.fields;
        directory::correct(named.site, correction);
        directory::correct(named.service, correction);
        correction.site = std::move(named.site);
        correction.service = std::move(named.service);
    }

    /// Whether something keeps the row from being taken; of a cell that cannot be read nothing is made unknown.
    static bool is_refused(RowCells& cells) {
        const auto refused = [](const Issue& issue) { return !is_mild(issue.code); };
        const bool is = std::ranges::any_of(cells.issues(), refused);
        const bool by_a_value = std::ranges::any_of(cells.issues(), [&](const Issue& issue) {
            return refused(issue) && !issue.code.starts_with("correction_") && issue.code != "private_home";
        });
        if (by_a_value) {
            cells.note_row({"correction_unread"});
        }
        return is;
    }

    const Table& table_;
    const CorrectionDesk& desk_;
    Intake& intake_;
};

std::optional<FileProblem> header_fault(std::span<const std::string> header) {
    const HeaderFit fit = fit_of(header, columns(), k_required);
    if (fit.missing.empty()) {
        return std::nullopt;
    }
    return FileProblem{.code = "corrections_header_unknown", .a = fmt::format("{}", fmt::join(fit.missing, ", "))};
}

} // namespace

std::expected<std::vector<directory::BatchList>, FileProblem> read_corrections(const std::filesystem::path& path,
                                                                               std::string_view bytes,
                                                                               const CorrectionDesk& desk,
                                                                               Intake& intake) {
    const std::string& profile = intake.options().profile;
    if (!profile.empty() && profile != k_corrections_profile) {
        return std::unexpected(wrong_use("profile_unknown", profile, std::string(k_corrections_profile)));
    }
    auto tables = read_tables(path, bytes, intake.limits());
    if (!tables) {
        return std::unexpected(std::move(tables.error()));
    }
    auto wanted = wanted_tables(std::move(*tables), header_fault, path, intake);
    if (!wanted) {
        return std::unexpected(std::move(wanted.error()));
    }
    std::vector<directory::BatchList> lists;
    for (const WantedTable& each : *wanted) {
        const Table& table = each.table;
        intake.begin_table(table.file, table.sheet);
        explain(table, fit_of(table.header, columns(), k_required).understood, intake, is_contact_column);
        directory::BatchList& list = list_for(each, k_corrections_profile, lists);
        CorrectionRows rows(table, desk, intake);
        for (const Record& record : table.records) {
            rows.read(record, list);
        }
    }
    return lists;
}

} // namespace shirube::importers
