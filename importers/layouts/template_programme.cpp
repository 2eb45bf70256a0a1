#include "importers/layouts/template_programme.hpp"

#include "directory/fold.hpp"
#include "importers/cleaning/private_homes.hpp"
#include "importers/cleaning/text.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace shirube::importers {

namespace {

using directory::ProgrammeIndex;
using directory::Taxonomy;

constexpr std::size_t k_most_suggestions = 3;

/// Pairs of neighbouring letters, each once.
std::vector<std::u32string> letter_pairs(std::string_view text) {
    const std::u32string points = plain_points(directory::fold(text));
    std::vector<std::u32string> pairs;
    for (std::size_t i = 0; i + 1 < points.size(); ++i) {
        pairs.push_back(points.substr(i, 2));
    }
    std::ranges::sort(pairs);
    pairs.erase(std::ranges::unique(pairs).begin(), pairs.end());
    return pairs;
}

/// Dice's coefficient over pairs of letters: 1 the same, 0 nothing in common.
double likeness(const std::vector<std::u32string>& a, const std::vector<std::u32string>& b) {
    std::vector<std::u32string> common;
    std::ranges::set_intersection(a, b, std::back_inserter(common));
    const auto size = static_cast<double>(a.size() + b.size());
    return size == 0 ? 0 : 2 * static_cast<double>(common.size()) / size;
}

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const std::string& word : words) {
        out += (out.empty() ? "" : "、") + word;
    }
    return out.empty() ? "－" : out;
}

std::string nearest_labels(std::string_view name, const Taxonomy& taxonomy) {
    const auto wanted = letter_pairs(name);
    std::vector<std::pair<double, ProgrammeIndex>> near;
    for (ProgrammeIndex i = 0; i < taxonomy.programmes().size(); ++i) {
        const double like = taxonomy.is_family(i) ? 0 : likeness(wanted, letter_pairs(taxonomy.at(i).label.ja));
        if (like > 0) {
            near.emplace_back(-like, i);
        }
    }
    std::ranges::sort(near);
    std::vector<std::string> labels;
    for (const auto& [unlikeness, index] : near) {
        if (labels.size() < k_most_suggestions) {
            labels.push_back(taxonomy.at(index).label.ja);
        }
    }
    return joined(labels);
}

std::string labels_below(ProgrammeIndex family, const Taxonomy& taxonomy) {
    std::vector<std::string> labels;
    for (const ProgrammeIndex index : taxonomy.with_descendants(family)) {
        if (index != family) {
            labels.push_back(taxonomy.at(index).label.ja);
        }
    }
    return joined(labels);
}

} // namespace

std::expected<ProgrammeIndex, CellProblem> read_programme(std::string_view cell, std::string_view municipality,
                                                          const Taxonomy& taxonomy) {
    const std::string name = clean_text(cell).text;
    if (name.empty()) {
        return std::unexpected(CellProblem{"programme_missing"});
    }
    const auto index = taxonomy.by_name(name, municipality);
    if (!index) {
        if (names_private_home(name)) {
            return std::unexpected(CellProblem{"private_home"});
        }
        return std::unexpected(CellProblem{"programme_unknown", shortened(name, 40), nearest_labels(name, taxonomy)});
    }
    if (taxonomy.is_family(*index)) {
        return std::unexpected(
            CellProblem{"programme_family", taxonomy.at(*index).label.ja, labels_below(*index, taxonomy)});
    }
    return *index;
}

std::expected<std::vector<ProgrammeIndex>, CellProblem> read_programmes(std::string_view cell,
                                                                        std::string_view municipality,
                                                                        const Taxonomy& taxonomy) {
    auto whole = read_programme(cell, municipality, taxonomy);
    const std::vector<std::string> parts = parts_of(cell);
    if (whole) {
        return std::vector{*whole};
    }
    if (parts.size() < 2) {
        return std::unexpected(std::move(whole.error()));
    }
    std::vector<ProgrammeIndex> programmes;
    for (const std::string& part : parts) {
        auto programme = read_programme(part, municipality, taxonomy);
        if (!programme) {
            return std::unexpected(std::move(programme.error()));
        }
        if (std::ranges::find(programmes, *programme) == programmes.end()) {
            programmes.push_back(*programme);
        }
    }
    return programmes;
}

} // namespace shirube::importers
