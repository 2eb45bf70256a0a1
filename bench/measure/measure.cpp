#include "bench/measure/measure.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <stdexcept>

namespace shirube::bench {
namespace {

using nlohmann::json;

template <class T>
void put(json& line, const char* name, const std::optional<T>& value) {
    if (value) {
        line[name] = *value;
    }
}

std::optional<double> number(const json& line, const char* name) {
    return line.contains(name) ? std::optional(line.at(name).get<double>()) : std::nullopt;
}

json to_line(const Figure& figure) {
    json line{{"name", figure.name},
              {"ours", figure.ours},
              {"unit", figure.unit},
              {"better", figure.better == Better::higher ? "higher" : "lower"}};
    if (!figure.rival.empty()) {
        line["rival"] = figure.rival;
    }
    put(line, "theirs", figure.theirs);
    put(line, "ratio", figure.ratio());
    put(line, "wanted_ratio", figure.wanted_ratio);
    put(line, "wanted", figure.wanted);
    put(line, "reached", figure.reached());
    if (!figure.note.empty()) {
        line["note"] = figure.note;
    }
    return line;
}

std::string in_words(const Figure& figure) {
    std::string words = fmt::format("{:<58} {:>12} {}", figure.name, in_digits(figure.ours), figure.unit);
    if (figure.theirs) {
        words += fmt::format("   {}: {}   ×{}", figure.rival, in_digits(*figure.theirs), in_digits(*figure.ratio()));
    }
    if (const auto reached = figure.reached()) {
        words += *reached ? "   reached" : "   NOT REACHED";
    }
    return words;
}

} // namespace

std::optional<double> Figure::ratio() const {
    if (!theirs) {
        return std::nullopt;
    }
    return better == Better::higher ? ours / *theirs : *theirs / ours;
}

std::optional<bool> Figure::reached() const {
    if (!wanted_ratio && !wanted) {
        return std::nullopt;
    }
    const bool by_ratio = !wanted_ratio || (ratio() && *ratio() >= *wanted_ratio);
    const bool by_bound = !wanted || (better == Better::higher ? ours >= *wanted : ours <= *wanted);
    return by_ratio && by_bound;
}

void report(const Figure& figure, const std::filesystem::path& file) {
    fmt::print("{}\n", in_words(figure));
    std::fflush(stdout);
    if (file.empty()) {
        return;
    }
    std::ofstream out(file, std::ios::app);
    out << to_line(figure).dump() << '\n';
    if (!out.flush()) {
        throw std::runtime_error(fmt::format("{}: cannot be written", file.string()));
    }
}

std::vector<Figure> read_figures(const std::filesystem::path& file) {
    std::ifstream in(file);
    if (!in) {
        throw std::runtime_error(fmt::format("{}: cannot be read", file.string()));
    }
    std::vector<Figure> figures;
    for (std::string text; std::getline(in, text);) {
        const json line = json::parse(text);
        Figure figure;
        figure.name = line.at("name");
        figure.ours = line.at("ours");
        figure.unit = line.at("unit");
        figure.better = line.at("better") == "higher" ? Better::higher : Better::lower;
        figure.rival = line.value("rival", "");
        figure.theirs = number(line, "theirs");
        figure.wanted_ratio = number(line, "wanted_ratio");
        figure.wanted = number(line, "wanted");
        figure.note = line.value("note", "");
        figures.push_back(std::move(figure));
    }
    return figures;
}

std::string in_digits(double value) {
    const double size = std::abs(value);
    if (size < 1'000) {
        return fmt::format("{:.{}f}", value, size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3);
    }
    const std::string digits = fmt::format("{:.0f}", size);
    std::string grouped = value < 0 ? "-" : "";
    for (std::size_t at = 0; at < digits.size(); ++at) {
        if (at > 0 && (digits.size() - at) % 3 == 0) {
            grouped += ',';
        }
        grouped += digits[at];
    }
    return grouped;
}

double median_seconds(const std::function<void()>& round, std::chrono::milliseconds at_least, int times) {
    using Clock = std::chrono::steady_clock;
    std::vector<double> seconds;
    for (int time = 0; time < times; ++time) {
        const auto begin = Clock::now();
        int rounds = 0;
        do {
            round();
            ++rounds;
        } while (Clock::now() - begin < at_least);
        seconds.push_back(std::chrono::duration<double>(Clock::now() - begin).count() / rounds);
    }
    std::sort(seconds.begin(), seconds.end());
    return seconds[seconds.size() / 2];
}

double least_seconds(const std::function<void()>& round, std::chrono::milliseconds at_least) {
    using Clock = std::chrono::steady_clock;
    constexpr int k_rounds = 3;
    const auto begin = Clock::now();
    double least = std::numeric_limits<double>::infinity();
    for (int rounds = 0; rounds < k_rounds || Clock::now() - begin < at_least; ++rounds) {
        const auto before = Clock::now();
        round();
        least = std::min(least, std::chrono::duration<double>(Clock::now() - before).count());
    }
    return least;
}

double memory_mib(const std::string& name) {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with(name + ":")) {
            return std::stod(line.substr(name.size() + 1)) / 1024;
        }
    }
    throw std::runtime_error(name + " is not in /proc/self/status");
}

} // namespace shirube::bench
