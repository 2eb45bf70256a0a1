#include "importers/resources/resources.hpp"

#include "importers/columns/wanted_tables.hpp"
#include "importers/files/source_tables.hpp"
#include "importers/layouts/mapped_layout.hpp"
#include "importers/layouts/recognise.hpp"
#include "importers/report/explanation.hpp"
#include "importers/report/rejects.hpp"
#include "importers/resources/resource_rows.hpp"
#include "importers/templates/unread_columns.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <memory>
#include <optional>
#include <utility>

namespace shirube::importers {

namespace {

/// One file's tables on their way into lists.
class ResourceFile {
  public:
    /// \param mapped reads every table; null: tables are recognised
    ResourceFile(const LayoutContext& context, const ResourceLayout* mapped, const ResourceDesk& desk, Intake& intake)
        : context_(context), mapped_(mapped), desk_(desk), intake_(intake) {}

    std::expected<std::vector<directory::BatchList>, FileProblem> read(std::vector<SourceTable> sources) {
        std::erase_if(sources, [this](SourceTable& source) {
            const bool is_further = is_further_schedules(source.table.header);
            if (is_further) {
                desk_.further.keep(std::move(source.table));
            }
            return is_further || is_for_the_writer(source.table);
        });
        if (sources.empty()) {
            return lists_;
        }
        std::vector<std::expected<Recognised, FileProblem>> recognised;
        std::vector<std::optional<std::string>> mends;
        for (SourceTable& source : sources) {
            mends.push_back(take_rejects(source.table));
            recognised.push_back(settle_header(
                source.table, [this](std::span<const std::string> header) { return recognise_by(header); }));
            if (!mends.back() && recognised.back() && are_torn_rejects(source.table.header)) {
                return std::unexpected(of_table({.code = "rejects_columns_torn"}, source.table));
            }
        }
        const auto is_known = [](const auto& one) { return one.has_value(); };
        if (std::ranges::none_of(recognised, is_known)) {
            return std::unexpected(of_table(recognised.front().error(), sources.front().table));
        }
        for (std::size_t i = 0; i < sources.size(); ++i) {
            intake_.begin_table(sources[i].table.file, sources[i].table.sheet);
            if (!recognised[i]) {
                pass_over(sources[i].table, "sheet_unknown", intake_);
            } else if (is_example_sheet(sources[i].table.sheet) && sources.size() > 1) {
                pass_over(sources[i].table, "sheet_example", intake_);
            } else {
                take(sources[i], *recognised[i], mends[i]);
            }
        }
        return std::move(lists_);
    }

  private:
    [[nodiscard]] std::expected<Recognised, FileProblem> recognise_by(std::span<const std::string> header) const {
        if (mapped_ == nullptr) {
            return recognise(header, intake_.options().profile);
        }
        HeaderFit fit = mapped_->fit(header);
        if (!fit.missing.empty()) {
            return std::unexpected(FileProblem{.code = "profile_misfits",
                                               .a = std::string(mapped_->profile()),
                                               .b = fmt::format("{}", fmt::join(fit.missing, ", "))});
        }
        return Recognised{.layout = mapped_, .fit = std::move(fit)};
    }

    void take(SourceTable& source, const Recognised& recognised, const std::optional<std::string>& mends) {
        Table& table = source.table;
        if (!source.chosen_member.empty()) {
            intake_.note("archive_member_chosen", {}, source.chosen_member);
        }
        intake_.remember_columns(table);
        if (mapped_ == nullptr) { // a mapping names what is read: columns beside it are meant to be left
            note_misnamed_columns(recognised.layout->profile(), table.columns_of_file(), recognised.fit.understood,
                                  intake_);
        }
        explain(table, recognised.fit.understood, intake_,
                [&](std::string_view column) { return recognised.layout->is_contact(column); });
        directory::BatchList& list =
            list_of(*recognised.layout, mends ? mending_list(*mends, table.file) : std::string{});
        ResourceRows rows(table, *recognised.layout, context_, desk_, intake_);
        const std::size_t of = table.records.size();
        source.doubts.resize(of);
        list.rows.reserve(list.rows.size() + of);
        for (std::size_t i = 0; i < of; ++i) {
            if (i % 1000 == 0) {
                intake_.step("rows", i, of);
            }
            rows.read(std::move(table.records[i]), source.doubts[i], list);
        }
        intake_.step("rows", of, of);
        std::ranges::move(rows.default_claims(), std::back_inserter(list.claims));
    }

    directory::BatchList& list_of(const ResourceLayout& layout, const std::string& name) {
        const auto found = std::ranges::find_if(lists_, [&](const directory::BatchList& list) {
            return list.profile == layout.profile() && list.name == name;
        });
        if (found != lists_.end()) {
            return *found;
        }
        lists_.emplace_back().profile = layout.profile();
        lists_.back().name = name;
        return lists_.back();
    }

    const LayoutContext& context_;
    const ResourceLayout* mapped_;
    const ResourceDesk& desk_;
    Intake& intake_;
    std::vector<directory::BatchList> lists_;
};

} // namespace

std::expected<std::vector<directory::BatchList>, FileProblem> read_resources(const std::filesystem::path& path,
                                                                             std::string_view bytes,
                                                                             const ResourceDesk& desk, Intake& intake) {
    std::unique_ptr<ResourceLayout> mapped;
    WantedLayer wanted;
    if (is_mapping_name(intake.options().profile)) {
        auto mapping = read_mapping(intake.options().profile, intake.limits());
        if (!mapping) {
            return std::unexpected(std::move(mapping.error()));
        }
        wanted.name = mapping->layer;
        auto layout = make_mapped_layout(std::move(*mapping));
        if (!layout) {
            return std::unexpected(in_file(std::move(layout.error()), intake.options().profile));
        }
        mapped = std::move(*layout);
    }
    auto sources = read_source_tables(path, bytes, intake.limits(), wanted);
    if (!sources) {
        return std::unexpected(std::move(sources.error()));
    }
    const LayoutContext context{.taxonomy = desk.taxonomy,
                                .locator = desk.locator,
                                .municipality = intake.options().municipality,
                                .language = intake.options().language};
    return ResourceFile(context, mapped.get(), desk, intake).read(std::move(*sources));
}

} // namespace shirube::importers
