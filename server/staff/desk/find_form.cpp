#include "server/staff/desk/find_form.hpp"

#include "directory/desk/page_lists.hpp"
#include "directory/desk/told.hpp"
#include "directory/reports.hpp"
#include "importers/files/input_file.hpp"
#include "server/staff/staff_call.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace shirube::server {

namespace {

constexpr std::size_t k_longest_field = 200; ///< characters

struct Field {
    std::string_view name;
    std::string_view column;
    std::string_view label;
};

constexpr std::array k_fields{Field{"name", "名称", "desk.field_name"},
                              Field{"address", "住所", "fact.address"},
                              Field{"whom", "対象", "fact.whom"},
                              Field{"weekdays", "開催曜日", "desk.field_weekdays"},
                              Field{"starts", "開催開始時間", "desk.field_starts"},
                              Field{"ends", "開催終了時間", "desk.field_ends"},
                              Field{"rules", "開催日時特記事項", "desk.field_rules"},
                              Field{"phone", "電話番号", "report.kind_phone"}};

std::string line_of(std::string_view text) {
    std::string line = directory::clean_report_text(text);
    std::ranges::replace(line, '\n', ' ');
    std::ranges::replace(line, '\t', ' ');
    return line;
}

std::string cell_of(const importers::WrittenCells& cells, std::string_view column) {
    const auto found = std::ranges::find(cells, column, &importers::WrittenCells::value_type::first);
    return found == cells.end() ? std::string{} : found->second;
}

} // namespace

std::expected<importers::WrittenCells, std::string> find_cells(const Query& fields, const std::string& municipality) {
    const auto programme = directory::Taxonomy::shipped().by_code(field_of(fields, "programme"));
    if (!programme) {
        return std::unexpected("desk.programme_missing");
    }
    importers::WrittenCells cells{{"事業", std::string(field_of(fields, "programme"))}};
    for (const Field& field : k_fields) {
        std::string text = line_of(field_of(fields, field.name));
        if (directory::characters_in(text) > k_longest_field) {
            return std::unexpected("desk.field_long");
        }
        if (field.name == "name" && text.empty()) {
            return std::unexpected("desk.name_missing");
        }
        cells.emplace_back(field.column, std::move(text));
    }
    for (const auto& [column, cell] : importers::WrittenCells{{"確度", "未確認"},
                                                              {"市区町村コード", municipality},
                                                              {"公開範囲", "職員"},
                                                              {"公開同意日", ""},
                                                              {"公開同意者", ""}}) {
        cells.emplace_back(column, cell);
    }
    return cells;
}

std::string list_of_find(const importers::WrittenCells& cells, const std::string& municipality_name) {
    constexpr std::size_t k_letters = 10;
    const std::string what = cell_of(cells, "事業") + "|" + cell_of(cells, "名称") + "|" + cell_of(cells, "住所");
    return std::string(directory::k_list_of_finds) + "（" + municipality_name + "）" +
           importers::digest_of(what).substr(0, k_letters);
}

importers::WrittenCells with_consent(importers::WrittenCells cells, directory::Day on, const std::string& by) {
    for (auto& [column, cell] : cells) {
        if (column == "公開範囲") {
            cell = "公開";
        } else if (column == "公開同意日") {
            cell = directory::to_string(on);
        } else if (column == "公開同意者") {
            cell = by;
        }
    }
    return cells;
}

void fill_find_form(View form, const directory::Reader& reader, const Query& fields) {
    const Texts& texts = form.texts();
    const auto& taxonomy = reader.taxonomy();
    const auto chosen = field_of(fields, "programme");
    const auto programmes = static_cast<directory::ProgrammeIndex>(taxonomy.programmes().size());
    for (directory::ProgrammeIndex family = 0; family < programmes; ++family) {
        if (!taxonomy.is_family(family)) {
            continue;
        }
        View group = form.section("FAMILY");
        group.set("FAMILY_NAME", taxonomy.at(family).label.in(texts.language()));
        for (const auto below : taxonomy.with_descendants(family)) {
            if (below == family) {
                continue;
            }
            View option = group.section("PROGRAMME_OPTION");
            option.set("VALUE", taxonomy.at(below).code);
            option.set("WORDS", taxonomy.at(below).label.in(texts.language()));
            option.show_if(taxonomy.at(below).code == chosen, "CHOSEN");
        }
    }
    for (const Field& field : k_fields) {
        View each = form.section("TEXT_FIELD");
        each.set("FIELD", field.name);
        each.words("LABEL", texts.get(field.label));
        each.set("VALUE", field_of(fields, field.name));
        each.set("MOST", static_cast<std::int64_t>(k_longest_field));
    }
    form.set("TELLER", field_of(fields, "teller"));
    form.set("WAY", field_of(fields, "way"));
    form.set("MOST_TOLD", static_cast<std::int64_t>(directory::k_longest_told));
}

} // namespace shirube::server
