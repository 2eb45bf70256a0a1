// Measuring, and saying what was measured: a figure beside its rival's, for people and for the file.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace shirube::bench {

/// Which way a figure gets better.
enum class Better : std::uint8_t { higher, lower };

/// One line of the report. Ratios say how many times better ours is, whichever way the unit runs.
struct Figure {
    std::string name;
    double ours = 0;
    std::string unit;
    Better better = Better::higher;
    std::string rival;            ///< what stands beside it; empty: nothing does
    std::optional<double> theirs; ///< in the same unit
    std::optional<double> wanted_ratio;
    std::optional<double> wanted; ///< a bound on `ours` itself
    std::string note;             ///< how it was measured, in a sentence

    [[nodiscard]] std::optional<double> ratio() const;
    /// Whether what was wanted is reached; nothing where nothing was.
    [[nodiscard]] std::optional<bool> reached() const;
};

/// Appends the figure to a file of JSON lines (where one is named) and prints it.
void report(const Figure& figure, const std::filesystem::path& file);
std::vector<Figure> read_figures(const std::filesystem::path& file);

/// "1,234,567" or "0.123": as many digits as can be meant.
std::string in_digits(double value);

/// Runs a round until `at_least` has gone by, several times, and answers the median of the seconds one round took.
/// What differs from run to run (clock speeds, neighbours) weighs less so than in a mean.
double median_seconds(const std::function<void()>& round, std::chrono::milliseconds at_least, int times = 5);

/// Runs a round until `at_least` has gone by, three times at least, and answers the seconds of the shortest. Where
/// others use the machine at the same time that is the round they disturbed least.
double least_seconds(const std::function<void()>& round, std::chrono::milliseconds at_least);

/// A line of /proc/self/status (VmRSS, VmHWM), in MiB.
double memory_mib(const std::string& name);

} // namespace shirube::bench
