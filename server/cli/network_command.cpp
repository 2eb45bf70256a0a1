// network: who is tied to whom, told in plain sentences.
#include "server/cli/network_command.hpp"

#include "directory/network/network.hpp"
#include "server/cli/commands.hpp"
#include "server/editions.hpp"
#include "server/network/network_documents.hpp"
#include "server/network/network_words.hpp"
#include "server/pages/texts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

namespace shirube::server {

namespace {

/// Lines of a list behind a sentence; the sentence counts them all.
constexpr std::size_t k_most_lines = 30;

void tell(const MeasureWords& measure, const Spoken& more, const std::string& language) {
    fmt::print("\n{}\n", measure.heading);
    for (const auto& sentence : measure.sentences) {
        fmt::print("  {}\n", sentence);
    }
    for (std::size_t i = 0; i < std::min(measure.list.size(), k_most_lines); ++i) {
        fmt::print("    - {}\n", measure.list[i].text);
    }
    if (measure.list.size() > k_most_lines) {
        fmt::print(fmt::runtime(more.in(language)), measure.list.size() - k_most_lines);
    }
}

} // namespace

int run_network_command(const NetworkCommand& command) {
    const auto loaded = load_edition(command.store);
    const Context context{*loaded, directory::now_in_tokyo(), command.language};
    Request request;
    request.path = "/api/v1/network";
    request.query = command.parameters;
    const auto question = read_network_question(request, context);
    if (!question) {
        const auto& problem = question.error();
        fmt::print(stderr, "--{}: {}\n", problem.parameter,
                   command.language == "en"
                       ? problem.detail
                       : fmt::format("{}: {}", title_of(problem, command.language), problem.detail));
        return k_exit_wrong_use;
    }
    const auto& reader = loaded->reader;
    if (command.is_json) {
        fmt::print("{}\n", network_document(reader, *question).dump(2));
        return k_exit_done;
    }
    const auto view = directory::view_of(reader, question->scope);
    constexpr Spoken k_whole{"{} のつながり：{} の団体・場所・会議・区域、{} のつながり\n",
                             "The network on {}: {} organizations, places, meetings and areas, {} ties\n"};
    fmt::print(fmt::runtime(k_whole.in(command.language)), directory::to_string(question->scope.day), view.nodes.size(),
               view.edges.size());
    constexpr Spoken k_more{"    … ほかに {}\n", "    … and {} more\n"};
    for (const auto& measure : measures_in_words(reader, *question, Texts::in(command.language))) {
        tell(measure, k_more, command.language);
    }
    return k_exit_done;
}

void add_network_command(CLI::App& app, const std::string& language, CommandToRun& run) {
    const auto command = std::make_shared<NetworkCommand>();
    const auto say = [&](const Spoken& words) { return std::string(words.in(language)); };
    auto* network = app.add_subcommand(
        "network", say({"団体のつながりを、ふつうの文で示す", "Tell who is tied to whom, in plain sentences"}));
    network->group(say({"コマンド", "Commands"}));
    network->fallthrough();
    network->add_option("--store", command->store, say({"保存先のファイル", "The store, a file"}))->required();
    constexpr std::pair<const char*, Spoken> k_parameters[] = {
        {"municipality", {"市区町村のコード", "Code of a municipality"}},
        {"kind",
         {"つながりの種類。entrusts、refers、member_of、coordinates、shares、succeeds、hosts をコンマで区切る",
          "Kinds of ties, parted by commas: entrusts, refers, member_of, coordinates, shares, succeeds, hosts"}},
        {"within", {"区域。層:コード", "A district: layer:code"}},
        {"forum", {"会議体の ID", "Id of a meeting"}},
        {"at", {"いつの答えか。日付か日時", "Date or time the answer holds for"}},
        {"since", {"変化をくらべる日。なければ一年前", "Day that changes are told from; else a year before"}},
        {"reach", {"近くにあると考える距離（メートル）", "Metres within which a place is near"}}};
    for (const auto& [name, words] : k_parameters) {
        network->add_option_function<std::string>(
            fmt::format("--{}", name),
            [command, name = name](const std::string& value) { command->parameters.emplace_back(name, value); },
            say(words));
    }
    network->add_flag("--json", command->is_json, say({"API と同じ JSON", "JSON, as the API answers"}));
    network->callback([command, &language, &run] {
        run = [command, &language] {
            command->language = language;
            return run_network_command(*command);
        };
    });
}

} // namespace shirube::server
