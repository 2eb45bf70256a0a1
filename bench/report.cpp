// Writes figures down: one more line, or the whole report as Markdown and JSON.
#include "bench/measure/measure.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <exception>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

using namespace shirube::bench;

namespace {

/// What the figures were taken on.
struct Circumstances {
    std::string commit;
    std::string machine;
    std::string at;
};

std::string cell(const std::optional<double>& value, std::string_view before = "") {
    return value ? fmt::format("{}{}", before, in_digits(*value)) : "";
}

std::string wanted_cell(const Figure& figure) {
    std::string text;
    if (figure.wanted_ratio) {
        text = fmt::format("×{}", in_digits(*figure.wanted_ratio));
    }
    if (figure.wanted) {
        text += fmt::format("{} {}", figure.better == Better::higher ? "≥" : "≤", in_digits(*figure.wanted));
    }
    if (const auto reached = figure.reached()) {
        text += *reached ? " reached" : " **not reached**";
    }
    return text;
}

std::string markdown(const std::vector<Figure>& figures, const Circumstances& on) {
    std::string text = fmt::format("# Figures\n\nCommit {}, {}.\n{}.\n\n", on.commit, on.at, on.machine);
    text += "| what | ours | unit | beside | theirs | times better | wanted |\n|---|--:|---|---|--:|--:|---|\n";
    std::string notes;
    int number = 0;
    for (const Figure& figure : figures) {
        ++number;
        text +=
            fmt::format("| {} [{}] | {} | {} | {} | {} | {} | {} |\n", figure.name, number, in_digits(figure.ours),
                        figure.unit, figure.rival, cell(figure.theirs), cell(figure.ratio(), "×"), wanted_cell(figure));
        if (!figure.note.empty()) {
            notes += fmt::format("{}. {}\n", number, figure.note);
        }
    }
    return text + "\n" + notes;
}

void write_file(const std::filesystem::path& path, const std::string& text) {
    std::ofstream out(path);
    out << text;
    if (!out.flush()) {
        throw std::runtime_error(fmt::format("{}: cannot be written", path.string()));
    }
}

void write_report(const std::filesystem::path& lines, const std::filesystem::path& folder, const Circumstances& on) {
    write_file(folder / "figures.md", markdown(read_figures(lines), on));
    nlohmann::ordered_json document{{"commit", on.commit}, {"machine", on.machine}, {"at", on.at}};
    document["figures"] = nlohmann::ordered_json::array();
    std::ifstream in(lines);
    for (std::string line; std::getline(in, line);) {
        document["figures"].push_back(nlohmann::ordered_json::parse(line));
    }
    write_file(folder / "figures.json", document.dump(2) + "\n");
}

} // namespace

int main(int argc, char** argv) {
    CLI::App app("Writes figures down");
    app.require_subcommand(1);

    std::filesystem::path lines;
    Figure figure;
    double theirs = 0;
    double wanted_ratio = 0;
    double wanted = 0;
    bool lower = false;
    CLI::App* add = app.add_subcommand("add", "adds one figure");
    add->add_option("--figures", lines, "file of JSON lines")->required();
    add->add_option("--name", figure.name)->required();
    add->add_option("--ours", figure.ours)->required();
    add->add_option("--unit", figure.unit)->required();
    add->add_option("--rival", figure.rival);
    CLI::Option* has_theirs = add->add_option("--theirs", theirs);
    CLI::Option* has_wanted = add->add_option("--wanted-ratio", wanted_ratio);
    CLI::Option* has_bound = add->add_option("--wanted", wanted, "a bound on ours");
    add->add_flag("--lower-is-better", lower);
    add->add_option("--note", figure.note);

    std::filesystem::path folder;
    Circumstances on;
    CLI::App* write = app.add_subcommand("write", "writes figures.md and figures.json");
    write->add_option("--figures", lines, "file of JSON lines")->required();
    write->add_option("--folder", folder)->required();
    write->add_option("--commit", on.commit)->required();
    write->add_option("--machine", on.machine)->required();
    write->add_option("--at", on.at)->required();
    CLI11_PARSE(app, argc, argv);

    try {
        if (*add) {
            figure.better = lower ? Better::lower : Better::higher;
            figure.theirs = *has_theirs ? std::optional(theirs) : std::nullopt;
            figure.wanted_ratio = *has_wanted ? std::optional(wanted_ratio) : std::nullopt;
            figure.wanted = *has_bound ? std::optional(wanted) : std::nullopt;
            report(figure, lines);
        } else {
            write_report(lines, folder, on);
        }
    } catch (const std::exception& error) {
        fmt::print(stderr, "report: {}\n", error.what());
        return 1;
    }
    return 0;
}
