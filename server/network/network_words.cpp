#include "server/network/network_words.hpp"

#include "directory/coverage/municipal_index.hpp"
#include "directory/network/measures/council_gaps.hpp"
#include "directory/network/measures/district_forums.hpp"
#include "directory/network/measures/hubs.hpp"
#include "directory/network/measures/lone_bases.hpp"
#include "directory/network/measures/network_change.hpp"
#include "directory/network/measures/referrals.hpp"
#include "directory/network/measures/untied_places.hpp"
#include "server/http.hpp"
#include "server/network/district_words.hpp"
#include "server/pages/words.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace shirube::server {

namespace {

using directory::Company;
using directory::k_no_index;
using directory::KnownSum;
using directory::Reader;

class Words {
  public:
    Words(const Reader& reader, const NetworkQuestion& question, const Texts& texts)
        : reader_(reader), question_(question), texts_(texts) {}

    [[nodiscard]] MeasureWords untied() const {
        const auto places = directory::untied_places(reader_, question_.scope);
        MeasureWords out = begin("untied");
        if (places.tied + places.untied > 0) {
            say(out, "network.untied_some",
                {{"all", count(places.tied + places.untied)}, {"untied", count(places.untied)}});
        }
        if (places.unknown > 0) {
            say(out, "network.untied_unknown", {{"unknown", count(places.unknown)}});
        }
        for (const auto& family : places.families) {
            for (const auto service : family.untied) {
                out.list.push_back({line("network.untied_line",
                                         {{"family", label(family.family)}, {"service", name_of_service(service)}}),
                                    path_of_service(service)});
            }
        }
        return or_nothing(std::move(out));
    }

    [[nodiscard]] MeasureWords bases(const directory::LoneBases& found) const { return company("bases", found.bases); }
    [[nodiscard]] MeasureWords places(const directory::LoneBases& found) const {
        return company("places", found.places);
    }

    [[nodiscard]] MeasureWords referrals() const {
        const auto found = directory::referrals(reader_, question_.scope);
        MeasureWords out = begin("referrals");
        for (const auto& period : found.periods) {
            say(out, "network.referrals_period",
                {{"period", period_or_none(period.period, "network.period_unknown")},
                 {"informed", sum(period.sums.informed)},
                 {"linked", sum(period.sums.linked)},
                 {"fed_back", sum(period.sums.fed_back)}});
        }
        if (!found.pairs.empty()) {
            say(out, "network.referrals_one_way",
                {{"all", count(found.pairs.size())},
                 {"one_way", count(found.one_way)},
                 {"unknown", count(found.unknown)}});
        }
        for (const auto& pair : found.pairs) {
            if (pair.back != directory::WayBack::comes) {
                const auto* key =
                    pair.back == directory::WayBack::none ? "network.referrals_line" : "network.referrals_line_unknown";
                out.list.push_back({line(key, {{"from", name_of(pair.from)},
                                               {"to", name_of(pair.to)},
                                               {"period", period_or_none(pair.period, "network.no_period")},
                                               {"informed", sum(pair.sums.informed)},
                                               {"linked", sum(pair.sums.linked)},
                                               {"fed_back", sum(pair.sums.fed_back)}}),
                                    path_of(pair.from)});
            }
        }
        return or_nothing(std::move(out));
    }

    [[nodiscard]] MeasureWords hubs() const {
        const auto found = directory::hubs(reader_, question_.scope);
        MeasureWords out = begin("hubs");
        if (found.asked > 0) {
            const auto& scope = question_.scope;
            const bool is_part = scope.district != k_no_index || scope.forum != k_no_index;
            say(out, is_part ? "network.hubs_of_part" : "network.hubs_some",
                {{"nodes", count(found.nodes)},
                 {"edges", count(found.edges)},
                 {"groups", count(found.groups)},
                 {"asked", count(found.asked)},
                 {"articulations", count(found.articulations)}});
        }
        if (found.asked > 0 && !found.is_weighed) {
            // Of one municipality it may be small enough to count; where one is chosen there is nothing smaller to ask.
            say(out, question_.scope.municipality.empty() ? "network.hubs_unweighed_choose" : "network.hubs_unweighed",
                {});
        }
        for (const auto& hub : found.hubs) {
            if (hub.is_articulation()) {
                std::string parts;
                for (const auto part : hub.parts) {
                    parts += (parts.empty() ? "" : " + ") + count(part);
                }
                out.list.push_back({line("network.hubs_line_parts", {{"name", name_of(hub.node)}, {"parts", parts}}),
                                    path_of(hub.node)});
            } else {
                out.list.push_back({line("network.hubs_line", {{"name", name_of(hub.node)},
                                                               {"share", percent(hub.betweenness.value_or(0))}}),
                                    path_of(hub.node)});
            }
        }
        return or_nothing(std::move(out));
    }

    [[nodiscard]] MeasureWords districts() const {
        MeasureWords out = begin("districts");
        for (const auto& layer : directory::district_forums(reader_, question_.scope)) {
            say(out, "network.districts_some",
                {{"municipality", name_of_municipality(layer.municipality)},
                 {"layer", layer_in_words(layer.layer, texts_)},
                 {"all", count(layer.districts.size())},
                 {"coordinator", count(layer.without_coordinator)},
                 {"forum", count(layer.without_forum)},
                 {"either", count(layer.without_either)}});
            for (const auto& of : layer.districts) {
                if (of.coordinators.empty() || of.forums.empty()) {
                    const auto* key = !of.forums.empty()         ? "network.districts_line_coordinator"
                                      : !of.coordinators.empty() ? "network.districts_line_forum"
                                                                 : "network.districts_line_either";
                    const auto& district = reader_.districts()[of.district];
                    out.list.push_back(
                        {line(key, {{"name", district_in_words(district.layer, district.name, texts_)}}),
                         "/districts/" + percent_encode(district.layer) + "/" + percent_encode(district.code)});
                }
            }
        }
        return or_nothing(std::move(out));
    }

    [[nodiscard]] MeasureWords councils() const {
        MeasureWords out = begin("councils");
        for (const auto& gap : directory::council_gaps(reader_, question_.scope)) {
            const auto* key = gap.known == directory::CouncilKnown::told         ? "network.councils_some"
                              : gap.known == directory::CouncilKnown::no_members ? "network.councils_no_members"
                                                                                 : "network.councils_no_council";
            say(out, key,
                {{"municipality", name_of_municipality(gap.municipality)},
                 {"members", count(gap.members)},
                 {"expected", count(gap.expected)},
                 {"missing", count(gap.missing.size())}});
            if (!gap.run_by_nobody_known.empty()) {
                say(out, "network.councils_nobody", {{"services", count(gap.run_by_nobody_known.size())}});
            }
            for (const auto& of : gap.missing) {
                std::string services;
                for (const auto service : of.services) {
                    services += (services.empty() ? "" : texts_.get("list.separator")) + name_of_service(service);
                }
                out.list.push_back(
                    {line("network.councils_line",
                          {{"name", reader_.organizations()[of.organization].name}, {"services", services}}),
                     path_of_service(of.services.front())});
            }
        }
        return or_nothing(std::move(out));
    }

    [[nodiscard]] MeasureWords change() const {
        const auto found = directory::network_change(reader_, question_.scope, question_.since);
        MeasureWords out = begin("change");
        if (found.edges_before + found.edges_after > 0) {
            say(out, "network.change_some",
                {{"since", date_in_words(found.before, texts_)},
                 {"came", count(found.came.size())},
                 {"ended", count(found.ended.size())},
                 {"before", count(found.edges_before)},
                 {"after", count(found.edges_after)},
                 {"nodes_came", count(found.nodes_came.size())},
                 {"nodes_left", count(found.nodes_left.size())}});
        }
        if (found.undated > 0) {
            say(out, "network.change_undated", {{"undated", count(found.undated)}});
        }
        const auto tell = [&](const std::vector<std::uint32_t>& edges, std::string_view key) {
            for (const auto index : edges) {
                const auto& edge = reader_.network().edges()[index];
                out.list.push_back(
                    {line(key,
                          {{"from", name_of(edge.from)}, {"to", name_of(edge.to)}, {"kind", kind_in_words(edge.kind)}}),
                     path_of(edge.from)});
            }
        };
        tell(found.came, "network.change_line_came");
        tell(found.ended, "network.change_line_ended");
        return or_nothing(std::move(out));
    }

  private:
    [[nodiscard]] MeasureWords begin(std::string_view code) const {
        return {std::string{code}, texts_.get("network.heading_" + std::string{code}), {}, {}};
    }
    void say(MeasureWords& out, std::string_view key, Texts::Values values) const {
        out.sentences.push_back(texts_.with(key, values));
    }
    [[nodiscard]] std::string line(std::string_view key, Texts::Values values) const {
        return texts_.with(key, values);
    }

    /// Where no list says anything nobody knows, and that is said.
    [[nodiscard]] MeasureWords or_nothing(MeasureWords out) const {
        if (out.sentences.empty()) {
            out.sentences.push_back(texts_.get("network.nothing_known"));
        }
        return out;
    }

    [[nodiscard]] MeasureWords company(const std::string& code, const std::vector<directory::Companion>& all) const {
        MeasureWords out = begin(code);
        if (!all.empty()) {
            say(out, "network." + code + "_some",
                {{"all", count(all.size())},
                 {"reach", grouped(std::llround(question_.reach_m))},
                 {"alone", count(directory::count_of(all, Company::alone))},
                 {"linked", count(directory::count_of(all, Company::linked))},
                 {"near", count(directory::count_of(all, Company::near))},
                 {"unknown", count(directory::count_of(all, Company::unknown))}});
        }
        const auto rough = std::ranges::count_if(all, [](const directory::Companion& of) {
            return of.company == Company::unknown && of.nearest != k_no_index;
        });
        if (rough > 0) {
            say(out, "network.company_rough",
                {{"rough", count(static_cast<std::size_t>(rough))},
                 {"reach", grouped(std::llround(question_.reach_m))}});
        }
        for (const auto& of : all) {
            if (of.company == Company::alone) {
                out.list.push_back({name_of_service(of.service), path_of_service(of.service)});
            }
        }
        return or_nothing(std::move(out));
    }

    /// The period as its rows write it, else the words for one that is not stated.
    [[nodiscard]] std::string period_or_none(const std::string& period, std::string_view none) const {
        return period.empty() ? texts_.get(none) : period;
    }

    [[nodiscard]] static std::string count(std::size_t number) { return grouped(static_cast<std::int64_t>(number)); }

    /// "359", "359 and of 2 rows nobody knows", "not known".
    [[nodiscard]] std::string sum(const KnownSum& of) const {
        if (!of.sum) {
            return texts_.get("figure.unknown");
        }
        return of.unknown == 0
                   ? grouped(*of.sum)
                   : texts_.with("network.sum_partly", {{"sum", grouped(*of.sum)}, {"unknown", count(of.unknown)}});
    }

    [[nodiscard]] const std::string& label(directory::ProgrammeIndex programme) const {
        return reader_.taxonomy().at(programme).label.in(texts_.language());
    }
    [[nodiscard]] std::string name_of(std::uint32_t node) const {
        return node_in_words(reader_.network().nodes()[node], texts_);
    }
    [[nodiscard]] std::string name_of_service(std::uint32_t service) const {
        const auto& row = reader_.services()[service];
        return row.site == k_no_index ? label(row.programme) : reader_.sites()[row.site].name;
    }
    [[nodiscard]] std::string path_of(std::uint32_t node) const {
        return "/network/nodes/" + percent_encode(reader_.network().nodes()[node].key);
    }
    [[nodiscard]] std::string path_of_service(std::uint32_t service) const {
        return "/services/" + percent_encode(reader_.services()[service].id);
    }
    /// Its name, or the code where no list names it.
    [[nodiscard]] std::string name_of_municipality(const std::string& code) const {
        const auto* municipality = reader_.municipal_index().find(code);
        return municipality == nullptr || municipality->name.empty() ? code : municipality->name;
    }
    [[nodiscard]] const std::string& kind_in_words(directory::RelationKind kind) const {
        return texts_.get("tie." + std::string{directory::code_of(kind)});
    }

    const Reader& reader_;
    const NetworkQuestion& question_;
    const Texts& texts_;
};

} // namespace

std::vector<MeasureWords> measures_in_words(const Reader& reader, const NetworkQuestion& question, const Texts& texts) {
    const Words words(reader, question, texts);
    const auto companies = directory::lone_bases(reader, question.scope, question.reach_m);
    return {words.untied(), words.bases(companies), words.places(companies), words.referrals(),
            words.hubs(),   words.districts(),      words.councils(),        words.change()};
}

} // namespace shirube::server
