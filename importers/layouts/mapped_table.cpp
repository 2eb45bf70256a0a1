#include "importers/layouts/mapped_table.hpp"

#include "importers/files/csv.hpp"

#include <utility>

namespace shirube::importers {

Table mapped_table(Table table, const Mapping& mapping, Intake& intake) {
    table.written = std::exchange(table.header, {});
    for (const std::string& column : table.written) {
        table.header.emplace_back(mapping.field_of(column));
    }
    for (const auto& [field, value] : mapping.constants) {
        table.header.push_back(field);
    }
    std::erase_if(table.records, [&](const Record& record) {
        const bool goes = !is_blank(record.cells) && !mapping.is_wanted(table.written, record.cells);
        if (goes) {
            intake.count(Bin::out_of_scope);
        }
        return goes;
    });
    for (Record& record : table.records) {
        if (is_blank(record.cells)) {
            continue;
        }
        record.written = std::exchange(record.cells, {});
        for (std::size_t i = 0; i < table.written.size(); ++i) {
            record.cells.emplace_back(i < record.written.size() ? mapping.value_of(table.written[i], record.written[i])
                                                                : "");
        }
        for (const auto& [field, value] : mapping.constants) {
            record.cells.push_back(value);
        }
        for (std::size_t i = table.written.size(); i < record.written.size(); ++i) {
            record.cells.push_back(record.written[i]); // more cells than columns: told like in any table
        }
    }
    return table;
}

} // namespace shirube::importers
