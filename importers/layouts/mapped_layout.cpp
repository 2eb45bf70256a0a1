#include "importers/layouts/mapped_layout.hpp"

#include "importers/files/source_tables.hpp"
#include "importers/layouts/template.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace shirube::importers {

namespace {

/// The table's columns under the template's names.
class MappedLayout final : public ResourceLayout {
  public:
    explicit MappedLayout(Mapping mapping) : mapping_(std::move(mapping)), inner_(make_template_layout()) {}

    [[nodiscard]] std::string_view profile() const override { return mapping_.profile; }

    [[nodiscard]] std::optional<FileProblem> fault() const {
        return mapping_.fault([this](std::span<const std::string> fields) { return inner_->fit(fields); });
    }

    [[nodiscard]] HeaderFit fit(std::span<const std::string> header) const override {
        HeaderFit fit;
        fit.missing = mapping_.missing(header);
        for (const std::string& column : header) {
            fit.understood.push_back(field_of(column, header));
            fit.known += fit.understood.back().empty() ? 0 : 1;
        }
        return fit;
    }

    [[nodiscard]] RowOutcome read(std::span<const std::string> header, const Record& record,
                                  const LayoutContext& context) const override {
        if (!mapping_.is_wanted(header, record.cells)) {
            RowOutcome outcome;
            outcome.bin = Bin::out_of_scope;
            return outcome;
        }
        std::vector<std::string> fields;
        Record mapped{.row = record.row, .cells = {}};
        std::vector<std::string> columns;
        for (std::size_t i = 0; i < header.size(); ++i) {
            std::string field = field_of(header[i], header);
            if (!field.empty()) {
                fields.push_back(std::move(field));
                columns.push_back(header[i]);
                mapped.cells.emplace_back(mapping_.value_of(header[i], record.cells.at(i)));
            }
        }
        for (const auto& [field, value] : mapping_.constants) {
            fields.push_back(field);
            columns.emplace_back();
            mapped.cells.push_back(value);
        }
        RowOutcome outcome = inner_->read(fields, mapped, context);
        for (Issue& issue : outcome.issues) {
            const auto field = std::ranges::find(fields, issue.column);
            if (field != fields.end() && !columns[static_cast<std::size_t>(field - fields.begin())].empty()) {
                if (inner_->is_contact(issue.column)) {
                    issue.value.clear();
                }
                issue.column = columns[static_cast<std::size_t>(field - fields.begin())];
            }
        }
        return outcome;
    }

    [[nodiscard]] bool is_contact(std::string_view column) const override {
        const std::string field = field_of(column, {});
        return inner_->is_contact(column) || (!field.empty() && inner_->is_contact(field));
    }

    [[nodiscard]] std::vector<std::string> default_programmes() const override { return inner_->default_programmes(); }

  private:
    /// The field that a column becomes; a point's own position is one without being named, unless the mapping names
    /// other columns for it.
    [[nodiscard]] std::string field_of(std::string_view column, std::span<const std::string> header) const {
        if (const std::string_view field = mapping_.field_of(column); !field.empty()) {
            return std::string(field);
        }
        const std::string_view position = column == k_longitude_column  ? "経度"
                                          : column == k_latitude_column ? "緯度"
                                                                        : "";
        const bool is_named = !mapping_.column_of(position).empty();
        return position.empty() || is_named || header.empty() ? std::string{} : std::string(position);
    }

    Mapping mapping_;
    std::unique_ptr<ResourceLayout> inner_;
};

} // namespace

std::expected<std::unique_ptr<ResourceLayout>, FileProblem> make_mapped_layout(Mapping mapping) {
    auto layout = std::make_unique<MappedLayout>(std::move(mapping));
    if (auto fault = layout->fault()) {
        return std::unexpected(std::move(*fault));
    }
    return layout;
}

} // namespace shirube::importers
