#include "importers/report/explanation.hpp"

#include "importers/cleaning/contact_columns.hpp"
#include "importers/cleaning/contacts.hpp"
#include "importers/cleaning/text.hpp"

#include <algorithm>
#include <utility>

namespace shirube::importers {

namespace {

constexpr std::size_t k_samples = 3;
constexpr std::size_t k_sample_letters = 40;

} // namespace

Explanation::Explanation(std::span<const std::string> columns, std::span<const std::string> understood,
                         const IsContact& is_contact) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
        columns_.push_back({.column = columns[i], .understood = i < understood.size() ? understood[i] : std::string{}});
        if (!(is_contact ? is_contact(columns[i]) : is_contact_column(columns[i]))) {
            open_.push_back(i);
        }
    }
}

void Explanation::see(std::span<const std::string> cells) {
    std::erase_if(open_, [&](std::size_t at) {
        if (at >= cells.size()) {
            return false;
        }
        const std::string sample = shortened(without_contacts(clean_text(cells[at]).text), k_sample_letters);
        std::vector<std::string>& samples = columns_[at].samples;
        if (!sample.empty() && std::ranges::find(samples, sample) == samples.end()) {
            samples.push_back(sample);
        }
        return samples.size() == k_samples;
    });
}

void Explanation::tell(Intake& intake) && {
    for (ColumnExplained& column : columns_) {
        column.file = intake.file();
        column.sheet = intake.sheet();
        intake.report().columns.push_back(std::move(column));
    }
}

void explain(const Table& table, std::span<const std::string> understood, Intake& intake,
             const Explanation::IsContact& is_contact) {
    if (!intake.options().explain) {
        return;
    }
    Explanation explanation(table.columns_of_file(), understood, is_contact);
    for (const Record& record : table.records) {
        explanation.see(record.cells_of_file());
    }
    std::move(explanation).tell(intake);
}

} // namespace shirube::importers
