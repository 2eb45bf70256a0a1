#include "server/staff/seeds/seed_tables.hpp"

#include "directory/seeds/seed_reading.hpp"
#include "server/api/csv_text.hpp"

#include <algorithm>
#include <array>

namespace shirube::server {

namespace {

using directory::Asking;
using directory::Seed;

constexpr std::array<std::string_view, 3> k_tables{"offers", "wants", "askings"};
constexpr std::string_view k_id = "ID";
constexpr std::string_view k_owner = "市区町村コード";

std::string name_of(const directory::SeenSeeds& seen, const std::string& id) {
    const Seed* seed = seen.find(id);
    return seed == nullptr || seed->key.empty() ? id : seed->key;
}

std::vector<std::string> line_of(const Seed& seed, const SeedColumns& columns) {
    const auto texts = texts_of(seed);
    std::vector<std::string> cells{seed.id, seed.owner};
    for (const auto& column : columns) {
        cells.push_back(texts.at(std::string(column.first)));
    }
    return cells;
}

std::vector<std::string> line_of(const Asking& asking, const directory::SeenSeeds& seen) {
    return {asking.id,
            asking.owner,
            name_of(seen, asking.want),
            asking.offer.empty() ? std::string{} : name_of(seen, asking.offer),
            asking.organization,
            asking.asked_by,
            directory::to_string(asking.asked_on),
            std::string(label_of(asking.answer)),
            asking.reason ? std::string(label_of(*asking.reason)) : std::string{},
            asking.words,
            asking.answered_on ? directory::to_string(*asking.answered_on) : std::string{}};
}

} // namespace

std::string_view code_of(SeedTable table) noexcept { return k_tables.at(static_cast<std::size_t>(table)); }

std::optional<SeedTable> parse_seed_table(std::string_view code) noexcept {
    const auto* found = std::ranges::find(k_tables, code);
    return found == k_tables.end() ? std::nullopt : std::optional(static_cast<SeedTable>(found - k_tables.begin()));
}

SeedColumns columns_of(SeedTable table) {
    if (table == SeedTable::askings) {
        return {{"want", "ニーズ"},       {"offer", "シーズ"},      {"organization", "運営主体"},
                {"asked_by", "聞いた人"}, {"asked_on", "聞いた日"}, {"answer", "答え"},
                {"reason", "理由"},       {"words", "言葉"},        {"answered_on", "答えた日"}};
    }
    SeedColumns columns;
    for (const auto& field : directory::seed_fields()) {
        if (table == SeedTable::offers ? field.is_of_offers : field.is_of_wants) {
            columns.emplace_back(field.code, field.column);
        }
    }
    return columns;
}

std::vector<std::vector<std::string>> seed_table_lines(SeedTable table, const directory::SeenSeeds& seen) {
    const auto columns = columns_of(table);
    std::vector<std::vector<std::string>> lines{{std::string(k_id), std::string(k_owner)}};
    for (const auto& column : columns) {
        lines.front().emplace_back(column.second);
    }
    if (table == SeedTable::askings) {
        for (const Asking& asking : seen.askings) {
            lines.push_back(line_of(asking, seen));
        }
        return lines;
    }
    for (const Seed& seed : table == SeedTable::offers ? seen.offers : seen.wants) {
        lines.push_back(line_of(seed, columns));
    }
    return lines;
}

std::string seed_table_csv(SeedTable table, const directory::SeenSeeds& seen) {
    std::string out{k_csv_mark};
    for (const auto& line : seed_table_lines(table, seen)) {
        add_csv_line(out, line);
    }
    return out;
}

} // namespace shirube::server
