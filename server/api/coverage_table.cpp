#include "server/api/coverage_table.hpp"

#include "server/api/coverage_documents.hpp"
#include "server/api/csv_text.hpp"
#include "server/pages/words.hpp"

#include <fmt/format.h>

#include <array>

namespace shirube::server {

namespace {

using nlohmann::ordered_json;

/// A column: which member of the district's document, and its headers.
struct Column {
    std::string_view member;
    std::string_view ja;
    std::string_view en;
};

constexpr std::array k_columns{
    Column{"code", "区域コード", "district_code"},
    Column{"name", "区域名", "district_name"},
    Column{"municipality", "市区町村コード", "municipality_code"},
    Column{"municipality_name", "市区町村名", "municipality_name"},
    Column{"tier", "判定コード", "tier"},
    Column{"tier_label", "判定", "tier_label_ja"},
    Column{"services", "箇所数", "services"},
    Column{"services_possible", "可能性のある箇所数", "services_possible"},
    Column{"services_outreach", "出張の箇所数", "services_outreach"},
    Column{"services_planned", "予定の箇所数", "services_planned"},
    Column{"services_at_most", "箇所数（多くて）", "services_at_most"},
    Column{"children", "こどもの数（人）", "children"},
    Column{"children_covered", "時間内に届くこどもの数（少なくとも、人）", "children_covered"},
    Column{"children_covered_at_most", "時間内に届くこどもの数（多くて、人）", "children_covered_at_most"},
    Column{"share_covered", "時間内に届くこどもの割合（少なくとも）", "share_covered"},
    Column{"share_covered_at_most", "時間内に届くこどもの割合（多くて）", "share_covered_at_most"},
    Column{"per_1000_children", "こども千人あたり箇所数（少なくとも）", "per_1000_children"},
    Column{"per_1000_children_at_most", "こども千人あたり箇所数（多くて）", "per_1000_children_at_most"},
    Column{"nearest_m_median", "最寄りまでの直線距離の中央値（m）", "nearest_m_median"},
    Column{"supply_ratio", "こども1人あたりの受け皿", "supply_ratio"},
    Column{"supply", "受け皿のうちこの区域の分", "supply"},
    Column{"need", "需要", "need"},
    Column{"functions_missing", "足りない機能", "functions_missing_ja"},
    Column{"notes", "注記コード", "notes"},
    Column{"children_basis", "こどもの数の出どころ", "children_basis"},
};

/// What is the same in every row, so that a row that is copied out of the table still says where it comes from.
struct Fact {
    std::string ja;
    std::string en;
    std::string value;
};

/// Its code; empty where the policy weighs by no need, or none has been imported.
std::string_view need_unit(const directory::Reader& reader, const directory::Coverage& coverage) {
    const bool is_imported = coverage.need && coverage.need->sample != directory::k_no_index;
    return is_imported ? code_of(reader.needs()[coverage.need->sample].reading.unit) : std::string_view{};
}

std::string_view supply_unit(const directory::Coverage& coverage) {
    return !coverage.supply ? "" : coverage.supply->in_nights ? "nights" : "places";
}

/// "需要（人日）": what is counted stands in the header.
std::string with_unit(const Column& column, const directory::Reader& reader, const directory::Coverage& coverage) {
    const Texts& texts = Texts::in("ja");
    const auto unit = column.member == "need"                                        ? need_unit(reader, coverage)
                      : column.member == "supply" || column.member == "supply_ratio" ? supply_unit(coverage)
                                                                                     : std::string_view{};
    if (unit.empty()) {
        return std::string{column.ja};
    }
    return fmt::format("{}（{}）", column.ja, texts.get("unit." + std::string{unit == "places" ? "persons" : unit}));
}

/// Where the figures of children come from, in the table's language.
std::string told_basis(const std::string& basis, bool english) {
    return english ? basis : basis_in_words(basis, Texts::in("ja"));
}

std::vector<Fact> facts(const directory::Reader& reader, const directory::Coverage& coverage) {
    std::string lists;
    for (const auto index : coverage.lists) {
        const auto& list = reader.lists()[index];
        lists += fmt::format("{}{}{}", lists.empty() ? "" : " / ", list.name,
                             list.as_of.empty() ? "" : fmt::format("（{}）", list.as_of));
    }
    return {{"需要の単位", "need_unit", std::string{need_unit(reader, coverage)}},
            {"受け皿の単位", "supply_unit", std::string{supply_unit(coverage)}},
            {"判定基準コード", "policy", coverage.policy->id},
            {"判定基準の版", "policy_version", std::to_string(coverage.policy->version)},
            {"区域の層", "layer", coverage.layer->code},
            {"基準日時", "at", directory::to_string(coverage.at)},
            {"もとにした台帳", "lists", lists},
            {"データの版", "edition", reader.edition()}};
}

/// A list of texts is one datum where it has one entry or none; several are parted by a mark that no code holds.
ordered_json one_cell(const ordered_json& value) {
    if (!value.is_array()) {
        return value;
    }
    std::string text;
    for (const auto& entry : value) {
        text += (text.empty() ? "" : "|") + entry.get<std::string>();
    }
    return text.empty() ? ordered_json(nullptr) : ordered_json(text);
}

} // namespace

CoverageTable coverage_table(const directory::Reader& reader, const directory::Coverage& coverage,
                             std::string_view language) {
    CoverageTable table;
    const bool english = language == "en";
    const auto same = facts(reader, coverage);
    for (const auto& column : k_columns) {
        table.header.push_back(english ? std::string{column.en} : with_unit(column, reader, coverage));
    }
    for (const auto& fact : same) {
        table.header.push_back(english ? fact.en : fact.ja);
    }
    for (const auto& of : coverage.districts) {
        auto document = district_document(reader, coverage, of);
        if (document["children_basis"].is_string()) {
            document["children_basis"] = told_basis(coverage.children_basis, english);
        }
        auto& row = table.rows.emplace_back();
        for (const auto& column : k_columns) {
            row.push_back(one_cell(document[std::string{column.member}]));
        }
        for (const auto& fact : same) {
            row.emplace_back(fact.value);
        }
    }
    return table;
}

std::string coverage_csv(const directory::Reader& reader, const directory::Coverage& coverage,
                         std::string_view language) {
    const auto table = coverage_table(reader, coverage, language);
    std::string out{k_csv_mark};
    add_csv_line(out, table.header);
    for (const auto& row : table.rows) {
        add_csv_line(out, row);
    }
    return out;
}

} // namespace shirube::server
