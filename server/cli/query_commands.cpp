// search, coverage: the same questions as the API's, asked of the store without a server.
#include "directory/coverage.hpp"
#include "server/api/api.hpp"
#include "server/api/coverage_documents.hpp"
#include "server/api/feature.hpp"
#include "server/cli/commands.hpp"
#include "server/editions.hpp"
#include "server/search_query.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <fstream>
#include <iterator>

namespace shirube::server {

namespace {

int wrong_use(const std::string& sentence) {
    fmt::print(stderr, "{}\n", sentence);
    return k_exit_wrong_use;
}

void print_hits(const directory::Reader& reader, const std::vector<directory::Hit>& hits, bool with_time) {
    for (const auto& hit : hits) {
        const auto& service = reader.services()[hit.service];
        const auto& site = reader.sites()[service.site];
        const std::string distance =
            hit.distance_m < 0 ? std::string(8, ' ') : fmt::format("{:>6.0f} m", hit.distance_m);
        fmt::print("{}  {:<6} {}  {}  {}{}\n", service.id, with_time ? directory::code_of(hit.open) : "", distance,
                   site.name, reader.taxonomy().at(service.programme).label.ja,
                   site.address.empty() ? "" : "  " + site.address);
    }
}

/// The policy of that id, or the one in that file.
std::expected<directory::Policy, std::string> read_policy(const std::string& name,
                                                          const directory::Taxonomy& taxonomy) {
    if (const auto* shipped = directory::find_policy(name)) {
        return *shipped;
    }
    std::ifstream in(name, std::ios::binary);
    if (!in) {
        std::string known;
        for (const auto& policy : directory::shipped_policies()) {
            known += (known.empty() ? "" : ", ") + policy.id;
        }
        return std::unexpected(
            fmt::format("--policy: \"{}\" is neither a policy nor a file. Policies: {}.", name, known));
    }
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    const auto document = nlohmann::json::parse(text, nullptr, false);
    if (document.is_discarded()) {
        return std::unexpected(fmt::format("{}: this is not JSON.", name));
    }
    auto policy = directory::parse_policy(document, taxonomy);
    if (!policy) {
        return std::unexpected(fmt::format("{}: at {}: {}", name,
                                           policy.error().pointer.empty() ? "/" : policy.error().pointer,
                                           policy.error().message));
    }
    return *policy;
}

std::string number_or_dash(const std::optional<double>& value, int digits) {
    return value ? fmt::format("{:.{}f}", *value, digits) : "-";
}
std::string number_or_dash(const std::optional<std::int64_t>& value) { return value ? fmt::format("{}", *value) : "-"; }

std::string coverage_table(const directory::Reader& reader, const directory::Coverage& coverage) {
    std::string out =
        fmt::format("{} ({}, {})\n", coverage.policy->name.ja, coverage.layer->code, directory::to_string(coverage.at));
    out += fmt::format("{:<12} {:>3} {:>4} {:>7} {:>7}  {}\n", "tier", "n", "n?", "children", "reached", "district");
    for (const auto& of : coverage.districts) {
        const auto& district = reader.districts()[of.district];
        out += fmt::format("{:<12} {:>3} {:>3}? {:>7} {:>7}  {} {}\n", code_of(of.tier), of.services,
                           of.services_possible, number_or_dash(of.children),
                           of.share_covered ? fmt::format("{:.0f} %", *of.share_covered * 100) : "-",
                           district.municipality_name, district.name);
    }
    const auto& totals = coverage.totals;
    out += fmt::format(
        "districts {}  share_with_any {} (at most {})  places_per_district {}  per_1000_children {}  blank {}\n",
        totals.districts, number_or_dash(totals.share_with_any, 3), number_or_dash(totals.share_with_any_at_most, 3),
        number_or_dash(totals.places_per_district, 2), number_or_dash(totals.per_1000_children, 2),
        coverage.blank_areas.size());
    out += fmt::format("services {} = assigned {} + possible {} + unlocated {} + outside {}\n", totals.services,
                       totals.services_assigned, totals.services_possible, totals.services_unlocated,
                       totals.services_outside);
    return out;
}

} // namespace

int run_search_command(const SearchCommand& command) {
    const auto loaded = load_edition(command.store);
    const auto& reader = loaded->reader;
    const auto now = directory::now_in_tokyo();
    const auto query = read_search_query(command.parameters, reader, now);
    if (!query) {
        return wrong_use(fmt::format("--{}: {}", query.error().parameter, query.error().detail));
    }
    if (command.form != TextForm::table) {
        Request request;
        request.path = "/api/v1/resources";
        request.query = command.parameters;
        fmt::print("{}\n", get_resources(request, Context{*loaded, now, command.language}).body);
        return k_exit_done;
    }
    const auto result = reader.search(*query);
    fmt::print("{} matched\n", result.number_matched);
    print_hits(reader, result.hits, query->asks_for_time());
    if (result.without_position_matched > 0) {
        fmt::print("{} without a position\n", result.without_position_matched);
        print_hits(reader, result.without_position, query->asks_for_time());
    }
    return k_exit_done;
}

int run_coverage_command(const CoverageCommand& command) {
    const auto loaded = load_edition(command.store);
    const auto& reader = loaded->reader;
    const auto policy = read_policy(command.policy, reader.taxonomy());
    if (!policy) {
        return wrong_use(policy.error());
    }
    const auto layer_code = command.layer.empty() ? policy->layer : command.layer;
    const auto* layer = reader.find_layer(layer_code);
    if (layer == nullptr) {
        return wrong_use(fmt::format("--layer: no districts of layer \"{}\" have been imported.", layer_code));
    }
    const auto at =
        command.at.empty() ? std::optional(directory::now_in_tokyo()) : directory::parse_instant(command.at);
    if (!at) {
        return wrong_use(fmt::format("--at: \"{}\" is no ISO 8601 date or time.", command.at));
    }

    const auto coverage = directory::compute_coverage(reader, *policy, *layer, *at);
    std::string text;
    switch (command.form) {
        case TextForm::table:
            text = coverage_table(reader, coverage);
            break;
        case TextForm::json:
            text = coverage_json(reader, coverage).dump(2) + "\n";
            break;
        case TextForm::geojson:
            text = coverage_geojson(reader, coverage).dump() + "\n";
            break;
        case TextForm::csv:
            text = coverage_csv(reader, coverage, command.language);
            break;
    }
    if (command.output.empty()) {
        fmt::print("{}", text);
        return k_exit_done;
    }
    std::ofstream out(command.output, std::ios::binary);
    out << text;
    out.close();
    if (out) {
        return k_exit_done;
    }
    fmt::print(stderr, "{}: cannot be written. Check the folder and its free space.\n", command.output.string());
    return k_exit_failed;
}

} // namespace shirube::server
