#include "server/api/coverage_table.hpp"

#include "server/api/coverage_documents.hpp"
#include "server/api/csv_text.hpp"

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
    Column{"children", "こどもの数（人）", "children"},
    Column{"children_covered", "時間内に届くこどもの数（人）", "children_covered"},
    Column{"share_covered", "時間内に届くこどもの割合", "share_covered"},
    Column{"per_1000_children", "こども千人あたり箇所数", "per_1000_children"},
    Column{"nearest_m_median", "最寄りまでの直線距離の中央値（m）", "nearest_m_median"},
    Column{"supply_ratio", "こども1人あたりの定員（人）", "supply_ratio"},
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

std::vector<Fact> facts(const directory::Reader& reader, const directory::Coverage& coverage) {
    std::string lists;
    for (const auto index : coverage.lists) {
        const auto& list = reader.lists()[index];
        lists += fmt::format("{}{}{}", lists.empty() ? "" : " / ", list.name,
                             list.as_of.empty() ? "" : fmt::format("（{}）", list.as_of));
    }
    return {{"判定基準コード", "policy", coverage.policy->id},
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
        table.header.emplace_back(english ? column.en : column.ja);
    }
    for (const auto& fact : same) {
        table.header.push_back(english ? fact.en : fact.ja);
    }
    for (const auto& of : coverage.districts) {
        const auto document = district_document(reader, coverage, of);
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
