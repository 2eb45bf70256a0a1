// search, coverage: the same questions as the API's, asked of the store without a server.
#include "directory/coverage.hpp"
#include "directory/policy/policy_book.hpp"
#include "server/api/api.hpp"
#include "server/api/coverage_documents.hpp"
#include "server/api/coverage_geopackage.hpp"
#include "server/api/coverage_table.hpp"
#include "server/api/feature.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/coverage_words.hpp"
#include "server/cli/spoken.hpp"
#include "server/cli/text_table.hpp"
#include "server/editions.hpp"
#include "server/pages/figures.hpp"
#include "server/pages/texts.hpp"
#include "server/pages/words.hpp"
#include "server/search_query.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <array>
#include <fstream>
#include <iterator>

namespace shirube::server {

namespace {

int wrong_use(const std::string& sentence) {
    fmt::print(stderr, "{}\n", sentence);
    return k_exit_wrong_use;
}

std::string_view in_words(directory::Openness open, std::string_view language) {
    constexpr std::array k_words{Spoken{"開いていない", "no"}, Spoken{"わからない", "maybe"},
                                 Spoken{"開いている", "yes"}};
    return k_words.at(static_cast<std::size_t>(open)).in(language);
}

/// \param query what was asked: without a place there are no distances, without a time nothing is open or not
std::string hits_table(const directory::Reader& reader, const std::vector<directory::Hit>& hits,
                       const directory::SearchQuery& query, std::string_view language) {
    const auto say = [&](const Spoken& words) { return std::string(words.in(language)); };
    std::vector<TextTable::Column> columns{{"ID"}};
    if (query.asks_for_time()) {
        columns.push_back({say({"開いているか", "open"})});
    }
    if (query.near) {
        columns.push_back({say({"距離", "distance"}), TextTable::Side::right});
    }
    columns.push_back({say({"名称", "name"})});
    columns.push_back({say({"事業", "programme"})});
    columns.push_back({say({"住所", "address"})});
    TextTable table(std::move(columns));
    for (const auto& hit : hits) {
        const auto& service = reader.services()[hit.service];
        const auto& site = reader.sites()[service.site];
        std::vector<std::string> cells{service.id};
        if (query.asks_for_time()) {
            cells.emplace_back(in_words(hit.open, language));
        }
        if (query.near) {
            cells.push_back(hit.distance_m < 0 ? "-" : fmt::format("{:.0f} m", hit.distance_m));
        }
        cells.push_back(site.name);
        cells.push_back(reader.taxonomy().at(service.programme).label.in(language));
        cells.push_back(site.address);
        table.add(std::move(cells));
    }
    return table.text();
}

/// The policy of that id, or the one in that file.
std::expected<directory::Policy, std::string> read_policy(const std::string& name, const directory::Reader& reader,
                                                          std::string_view language) {
    if (const auto* offered = reader.find_policy(name)) {
        return offered->policy;
    }
    std::ifstream in(name, std::ios::binary);
    if (!in) {
        std::string known;
        for (const auto& offered : reader.policies()) {
            known += (known.empty() ? "" : ", ") + offered.policy.id;
        }
        constexpr Spoken k_neither{"--policy: 「{}」は判定基準でもファイルでもありません。判定基準：{}",
                                   "--policy: \"{}\" is neither a policy nor a file. Policies: {}."};
        return std::unexpected(fmt::format(fmt::runtime(k_neither.in(language)), name, known));
    }
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    const auto document = nlohmann::json::parse(text, nullptr, false);
    if (document.is_discarded()) {
        constexpr Spoken k_no_json{"{}: JSON ではありません。", "{}: this is not JSON."};
        return std::unexpected(fmt::format(fmt::runtime(k_no_json.in(language)), name));
    }
    auto policy = directory::parse_policy(document, reader.taxonomy());
    if (!policy) {
        return std::unexpected(fmt::format("{}: at {}: {}", name,
                                           policy.error().pointer.empty() ? "/" : policy.error().pointer,
                                           policy.error().in(language)));
    }
    return *policy;
}

} // namespace

int run_search_command(const SearchCommand& command) {
    const auto loaded = load_edition(command.store);
    const auto& reader = loaded->reader;
    const auto now = directory::now_in_tokyo();
    const auto query = read_search_query(command.parameters, reader, now);
    if (!query) {
        const auto& problem = query.error();
        return wrong_use(command.language == "en" ? fmt::format("--{}: {}", problem.parameter, problem.detail)
                                                  : fmt::format("--{}: {}: {}", problem.parameter,
                                                                title_of(problem, command.language), problem.detail));
    }
    if (command.form != TextForm::table) {
        Request request;
        request.path = "/api/v1/resources";
        request.query = command.parameters;
        fmt::print("{}\n", get_resources(request, Context{*loaded, now, command.language}).body);
        return k_exit_done;
    }
    const auto result = reader.search(*query);
    const auto tell = [&](const Spoken& words, std::size_t matched, const std::vector<directory::Hit>& hits) {
        fmt::print(fmt::runtime(words.in(command.language)), matched);
        if (!hits.empty()) {
            fmt::print("{}", hits_table(reader, hits, *query, command.language));
        }
    };
    tell({"{} 件見つかりました。\n", "{} found.\n"}, result.number_matched, result.hits);
    if (result.without_position_matched > 0) {
        tell({"\nほかに、位置のないもの {} 件。\n", "\n{} more have no position.\n"}, result.without_position_matched,
             result.without_position);
    }
    return k_exit_done;
}

int run_coverage_command(const CoverageCommand& command) {
    const auto loaded = load_edition(command.store);
    const auto& reader = loaded->reader;
    const auto policy = read_policy(command.policy, reader, command.language);
    if (!policy) {
        return wrong_use(policy.error());
    }
    const auto layer_code = command.layer.empty() ? policy->layer : command.layer;
    const auto* layer = reader.find_layer(layer_code);
    if (layer == nullptr) {
        constexpr Spoken k_no_layer{"--layer: 層「{}」の区域は取り込まれていません。",
                                    "--layer: no districts of layer \"{}\" have been imported."};
        return wrong_use(fmt::format(fmt::runtime(k_no_layer.in(command.language)), layer_code));
    }
    const auto at =
        command.at.empty() ? std::optional(directory::now_in_tokyo()) : directory::parse_instant(command.at);
    if (!at) {
        constexpr Spoken k_no_time{
            "--at: 「{}」は日付でも日時でもありません。2026-11-21 や 2026-11-21T10:00 の形で書いてください。",
            "--at: \"{}\" is no ISO 8601 date or time."};
        return wrong_use(fmt::format(fmt::runtime(k_no_time.in(command.language)), command.at));
    }

    const bool is_file = command.form == TextForm::xlsx || command.form == TextForm::gpkg;
    if (is_file && command.output.empty()) {
        constexpr Spoken k_no_output{"--format {}: 書き出すファイルを -o で指定してください。",
                                     "--format {}: name the file with -o."};
        return wrong_use(fmt::format(fmt::runtime(k_no_output.in(command.language)),
                                     command.form == TextForm::xlsx ? "xlsx" : "gpkg"));
    }

    // Whoever has the store has its figures: nothing is kept back here.
    constexpr std::int64_t k_every_count = 1;
    const auto coverage = directory::compute_coverage(reader, *policy, *layer, *at, k_every_count);
    std::string text;
    switch (command.form) {
        case TextForm::table:
            text = coverage_in_words(reader, coverage, Texts::in(command.language));
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
        case TextForm::xlsx:
            text = coverage_xlsx(reader, coverage, command.language);
            break;
        case TextForm::gpkg:
            text = coverage_geopackage(reader, coverage, command.language);
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
    constexpr Spoken k_unwritable{"{}: 書き込めません。フォルダーと空き容量を確かめてください。\n",
                                  "{}: cannot be written. Check the folder and its free space.\n"};
    fmt::print(stderr, fmt::runtime(k_unwritable.in(command.language)), command.output.string());
    return k_exit_failed;
}

} // namespace shirube::server
