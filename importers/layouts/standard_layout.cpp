#include "importers/layouts/standard_layout.hpp"

#include "importers/cleaning/contact_columns.hpp"
#include "importers/cleaning/private_homes.hpp"

#include <utility>

namespace shirube::importers {

HeaderFit StandardLayout::fit(std::span<const std::string> header) const {
    return fit_of(header, edition_.columns, edition_.required);
}

bool StandardLayout::is_contact(std::string_view column) const { return is_contact_column(column); }

RowOutcome StandardLayout::read(std::span<const std::string> header, const Record& record,
                                const LayoutContext& context) const {
    RowCells cells(header, record, context.language, is_contact_column);
    RowOutcome outcome;
    if (cells.is_blank()) {
        outcome.bin = Bin::blank;
        return outcome;
    }
    const Programmes programmes = programmes_of(cells, context);
    if (programmes.found.empty() && !programmes.problem && !names_private_home(cells.text("名称"))) {
        outcome.bin = Bin::out_of_scope;
        return outcome;
    }
    // What may not be listed at all is told first, and nothing of it is repeated.
    if (!refuses_standard_row(cells)) {
        if (programmes.problem) {
            cells.note(*programmes.problem, "種別");
        } else {
            directory::ResourceReading reading;
            reading.site = read_standard_site(cells, edition_.names, context);
            reading.organization = read_standard_organization(cells);
            reading.services = read_services(cells, programmes.found, context.taxonomy);
            outcome.key = standard_key(cells, edition_.names, reading.site);
            outcome.bin = cells.has_issues() ? Bin::flagged : Bin::accepted;
            outcome.reading = std::move(reading);
        }
    }
    outcome.issues = cells.take_issues();
    return outcome;
}

} // namespace shirube::importers
