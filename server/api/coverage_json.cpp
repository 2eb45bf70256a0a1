// A coverage written out as JSON. The document in coverage_documents.cpp is the same: a test compares them.
#include "server/api/coverage_documents.hpp"
#include "server/api/coverage_frame.hpp"
#include "server/api/json_text.hpp"

#include <array>
#include <cmath>

namespace shirube::server {

namespace {

using nlohmann::ordered_json;

std::string dumped(const ordered_json& document) {
    return document.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

/// Shares, rates and degrees to six digits.
std::optional<double> rate(const std::optional<double>& value) {
    return value ? std::optional(std::round(*value * 1e6) / 1e6) : std::nullopt;
}

class Writer {
  public:
    Writer(const directory::Reader& reader, const directory::Coverage& coverage)
        : reader_(reader), coverage_(coverage), out_(room_for(coverage)), basis_(json_of(coverage.children_basis)) {
        for (const auto tier : directory::k_tiers) {
            tiers_.at(static_cast<std::size_t>(tier)) =
                R"(,"tier":)" + json_of(code_of(tier)) + R"(,"tier_label":)" + json_of(label_of(tier).ja);
        }
        for (const auto& function : coverage.policy->functions) {
            functions_.push_back(json_of(function.name.ja));
        }
    }

    std::string whole() && {
        out_.raw(dumped(head_document(reader_, coverage_)));
        out_.drop_last(); // the object goes on
        out_.raw(R"(,"lists":[)");
        each(coverage_.lists, [&](std::uint32_t list) { add_list(reader_.lists()[list]); });
        out_.raw("],");
        out_.raw(std::string_view(dumped(sums_document(reader_, coverage_))).substr(1));
        out_.drop_last();
        out_.raw(R"(,"blank_areas":[)");
        each(coverage_.blank_areas, [&](const directory::BlankArea& area) { add_blank(area); });
        out_.raw(R"(],"districts":[)");
        each(coverage_.districts, [&](const directory::DistrictCoverage& of) { add_district(of); });
        out_.raw("]}");
        return std::move(out_).finish();
    }

  private:
    static std::size_t room_for(const directory::Coverage& coverage) {
        constexpr std::size_t k_of_frame = 16'384;
        constexpr std::size_t k_of_district = 800;
        constexpr std::size_t k_of_blank = 192;
        return k_of_frame + k_of_district * coverage.districts.size() + k_of_blank * coverage.blank_areas.size();
    }

    template <class Entries, class Add>
    void each(const Entries& entries, Add&& add) {
        bool first = true;
        for (const auto& entry : entries) {
            if (!first) {
                out_.raw(",");
            }
            first = false;
            add(entry);
        }
    }

    void add_list(const directory::ListRow& list) {
        out_.raw(R"({"name":)");
        out_.text(list.name);
        out_.raw(R"(,"publisher":)");
        out_.text_or_null(list.publisher);
        out_.raw(R"(,"licence":)");
        out_.text_or_null(list.licence);
        out_.raw(R"(,"as_of":)");
        out_.text_or_null(list.as_of);
        out_.raw(R"(,"claims":[)");
        each(list.claims, [&](const directory::Claim& claim) {
            out_.raw(R"({"programme":)");
            out_.text(claim.programme);
            out_.raw(R"(,"municipality":)");
            out_.text(claim.municipality);
            out_.raw(claim.complete ? R"(,"complete":true})" : R"(,"complete":false})");
        });
        out_.raw("]}");
    }

    void add_blank(const directory::BlankArea& area) {
        const auto& district = reader_.districts()[area.district];
        out_.raw(R"({"number":)");
        out_.number(std::int64_t{area.number});
        out_.raw(R"(,"code":)");
        out_.text(district.code);
        out_.raw(R"(,"name":)");
        out_.text(district.name);
        out_.raw(R"(,"municipality":)");
        out_.text(district.municipality);
        out_.raw(R"(,"children":)");
        out_.number_or_null(area.children);
        out_.raw(R"(,"need":)");
        out_.number_or_null(area.need);
        out_.raw(R"(,"label_point":)");
        if (area.label_point) {
            out_.raw("[");
            out_.number_or_null(rate(area.label_point->lon));
            out_.raw(",");
            out_.number_or_null(rate(area.label_point->lat));
            out_.raw("]}");
        } else {
            out_.raw("null}");
        }
    }

    void add_district(const directory::DistrictCoverage& of) {
        const auto& district = reader_.districts()[of.district];
        // Without a list nothing was counted; zero would be an answer.
        const bool uncounted = of.tier == directory::Tier::no_data &&
                               of.services + of.services_possible + of.services_outreach + of.services_planned == 0;
        const auto counted = [&](std::string_view name, std::int64_t services) {
            out_.raw(name);
            out_.number_or_null(uncounted ? std::nullopt : std::optional(services));
        };
        out_.raw(R"({"code":)");
        out_.text(district.code);
        out_.raw(R"(,"name":)");
        out_.text(district.name);
        out_.raw(R"(,"municipality":)");
        out_.text(district.municipality);
        out_.raw(R"(,"municipality_name":)");
        out_.text(district.municipality_name);
        out_.raw(tiers_.at(static_cast<std::size_t>(of.tier)));
        counted(R"(,"services":)", of.services);
        counted(R"(,"services_possible":)", of.services_possible);
        counted(R"(,"services_outreach":)", of.services_outreach);
        counted(R"(,"services_planned":)", of.services_planned);
        out_.raw(R"(,"services_at_most":)");
        out_.number_or_null(of.services_at_most);
        out_.raw(R"(,"children":)");
        out_.number_or_null(of.children);
        out_.raw(R"(,"children_basis":)");
        out_.raw(coverage_.children_basis.empty() || !of.children ? "null" : basis_);
        out_.raw(R"(,"children_covered":)");
        out_.number_or_null(of.children_covered);
        out_.raw(R"(,"children_covered_at_most":)");
        out_.number_or_null(of.children_covered_at_most);
        out_.raw(R"(,"share_covered":)");
        out_.number_or_null(rate(of.share_covered));
        out_.raw(R"(,"share_covered_at_most":)");
        out_.number_or_null(rate(of.share_covered_at_most));
        out_.raw(R"(,"places_per_district":)");
        out_.number_or_null(of.tier == directory::Tier::no_data ? std::nullopt : of.services_told());
        out_.raw(R"(,"per_1000_children":)");
        out_.number_or_null(rate(of.per_1000_children));
        out_.raw(R"(,"per_1000_children_at_most":)");
        out_.number_or_null(rate(of.per_1000_children_at_most));
        out_.raw(R"(,"supply_ratio":)");
        out_.number_or_null(rate(of.supply_ratio));
        out_.raw(R"(,"supply":)");
        out_.number_or_null(rate(of.supply));
        out_.raw(R"(,"need":)");
        out_.number_or_null(of.need);
        out_.raw(R"(,"nearest_m_median":)");
        out_.number_or_null(of.nearest_m_median ? std::optional(std::round(*of.nearest_m_median)) : std::nullopt);
        out_.raw(of.services > 0            ? R"(,"certainty":"confirmed","functions_missing":[)"
                 : of.services_possible > 0 ? R"(,"certainty":"reported","functions_missing":[)"
                                            : R"(,"certainty":null,"functions_missing":[)");
        each(of.functions_missing, [&](std::uint32_t index) { out_.raw(functions_.at(index)); });
        out_.raw(R"(],"constituents_missing":[)");
        each(of.constituents_missing, [&](std::uint32_t index) { add_constituent(reader_.districts()[index]); });
        out_.raw(R"(],"notes":[)");
        each(of.notes, [&](const std::string& note) { out_.text(note); });
        out_.raw("]}");
    }

    void add_constituent(const directory::DistrictRow& district) {
        out_.raw(R"({"layer":)");
        out_.text(district.layer);
        out_.raw(R"(,"code":)");
        out_.text(district.code);
        out_.raw(R"(,"name":)");
        out_.text(district.name);
        out_.raw("}");
    }

    const directory::Reader& reader_;
    const directory::Coverage& coverage_;
    JsonText out_;
    std::string basis_;
    std::array<std::string, directory::k_tiers.size()> tiers_; ///< the tier's members
    std::vector<std::string> functions_;
};

} // namespace

std::string coverage_json_text(const directory::Reader& reader, const directory::Coverage& coverage) {
    return Writer(reader, coverage).whole();
}

} // namespace shirube::server
