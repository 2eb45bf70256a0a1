#include "directory/coverage/layer_children.hpp"

#include "directory/age_profile.hpp"
#include "directory/designated_city.hpp"
#include "geo/largest_remainder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <span>

namespace shirube::directory {

namespace {

std::string_view level_name(std::string_view mesh) noexcept {
    switch (mesh.size()) {
        case 8:
            return "1 km";
        case 9:
            return "500 m";
        default:
            return "250 m";
    }
}

/// What the figures rest on, as in "census mesh 250 m" or "census mesh 1 km and 250 m and towns".
std::string counted_in(std::span<const CellRow> cells, bool from_cells, bool from_towns) {
    std::set<std::string_view> levels;
    for (const auto& cell : cells) {
        if (!cell.mesh.empty()) {
            levels.insert(level_name(cell.mesh));
        }
    }
    std::string words;
    if (from_cells) {
        words = "census mesh ";
        for (const auto level : {"1 km", "500 m", "250 m"}) {
            if (levels.contains(level)) {
                words += fmt::format("{}{}", words.back() == ' ' ? "" : " and ", level);
            }
        }
    }
    if (from_towns) {
        words += words.empty() ? "towns" : " and towns";
    }
    return words;
}

class Sharing {
  public:
    Sharing(const Reader& reader, const Layer& layer, const CountedChildren& counted)
        : reader_(reader), layer_(layer), counted_(counted), unknown_(layer.count) {
        out_.districts.resize(layer.count);
        out_.first.resize(layer.count + std::size_t{1});
    }

    LayerChildren run() {
        const auto cells = reader_.cells();
        for (std::uint32_t i = 0; i < cells.size(); ++i) {
            share(i, cells[i]);
        }
        if (!from_cells_ && !from_towns_) {
            LayerChildren nobody;
            nobody.districts.resize(layer_.count);
            nobody.first.resize(layer_.count + std::size_t{1});
            return nobody;
        }
        for (std::uint32_t i = 0; i < layer_.count; ++i) {
            if (unknown_[i]) {
                out_.districts[i] = {};
            }
        }
        sort_by_district();
        if (outside_known_) {
            out_.outside = outside_;
        }
        out_.basis = fmt::format("{}, ages {}-{}, {}", counted_in(cells, from_cells_, from_towns_), counted_.from_years,
                                 counted_.to_years - 1, how_shared());
        if (by_profile_) {
            out_.basis += ", ages by the municipality's single years";
        }
        return std::move(out_);
    }

  private:
    void share(std::uint32_t index, const CellRow& cell) {
        const auto of_cell = counted_.by_centre ? of_middle(index, cell) : reader_.cell_shares(layer_, index);
        const auto known =
            children_by_age(cell, counted_.from_years, counted_.to_years, profile_of(index, cell), spread_);
        if (!known) {
            note_unknown(of_cell);
            return;
        }
        by_profile_ = by_profile_ || known->estimated;
        const std::optional<std::int64_t> children = known->count;
        (cell.mesh.empty() ? from_towns_ : from_cells_) = true;
        if (cell.mesh.empty() && !cell.position) {
            out_.unplaced += *children;
            if (*children > 0) {
                out_.unplaced_in.insert(cell.municipality);
            }
            return;
        }
        if (of_cell.empty()) {
            outside_ += *children;
            return;
        }
        part(*children, of_cell);
        const bool is_estimate = *children > 0 && (known->estimated || (cell.mesh.empty() && of_cell.size() > 1));
        for (std::size_t j = 0; j < of_cell.size(); ++j) {
            auto& district = out_.districts[of_cell[j].area];
            district.children = district.children.value_or(0) + shares_[j];
            district.estimated = district.estimated || is_estimate;
        }
        if (*children > 0) {
            add(of_cell, reader_.cell_boxes()[index]);
        }
    }

    [[nodiscard]] std::string_view how_shared() const noexcept {
        if (counted_.by_centre) {
            return "by the centre of the cell";
        }
        return from_towns_ ? "shared by area, towns by their surroundings" : "shared by area";
    }

    /// The districts that hold a cell's middle, or a town's point, in equal parts: where two do, it is a choice zone.
    std::span<const geo::CellShare> of_middle(std::uint32_t index, const CellRow& cell) {
        by_middle_.clear();
        const auto& box = reader_.cell_boxes()[index];
        if (box.is_empty()) {
            return by_middle_;
        }
        const geo::LonLat middle =
            cell.position.value_or(geo::LonLat{(box.west + box.east) / 2, (box.south + box.north) / 2});
        const auto holding = reader_.districts_at(layer_, middle);
        for (const auto district : holding) {
            by_middle_.push_back({district - layer_.first, 1.0 / static_cast<double>(holding.size())});
        }
        return by_middle_;
    }

    /// How the cell's children are spread over years of age: as those of the municipality it lies in, whichever layer
    /// is asked about, so that a cell's years are the same in all of them.
    [[nodiscard]] const AgeProfile* profile_of(std::uint32_t index, const CellRow& cell) const {
        const auto profiles = reader_.age_profiles();
        if (profiles.empty()) {
            return nullptr;
        }
        std::string_view municipality = cell.municipality;
        double most = 0;
        for (const Layer& layer : reader_.layers()) {
            if (!municipality.empty()) {
                break;
            }
            for (const auto& share : reader_.cell_shares(layer, index)) {
                const auto& of = reader_.districts()[layer.first + share.area].municipality;
                if (share.share > most && !of.empty()) {
                    most = share.share;
                    municipality = of;
                }
            }
        }
        const auto found = std::ranges::find_if(
            profiles, [&](const AgeProfile& profile) { return lies_in(municipality, profile.municipality); });
        return found == profiles.end() ? nullptr : &*found;
    }

    /// A sum that leaves out what it does not know would be too low and not say so.
    void note_unknown(std::span<const geo::CellShare> of_cell) {
        double inside = 0;
        for (const auto& share : of_cell) {
            unknown_[share.area] = true;
            inside += share.share;
        }
        constexpr double whole = 1 - 1e-9;
        outside_known_ = outside_known_ && inside >= whole;
    }

    /// Whole children to each district and to the outside.
    void part(std::int64_t children, std::span<const geo::CellShare> of_cell) {
        if (of_cell.size() == 1 && of_cell.front().share >= 1) { // nearly every cell: no need to weigh
            shares_.assign(1, children);
            return;
        }
        weights_.clear();
        double inside = 0;
        for (const auto& share : of_cell) {
            weights_.push_back(share.share);
            inside += share.share;
        }
        weights_.push_back(std::max(0.0, 1 - inside));
        shares_ = geo::apportion(children, weights_);
        outside_ += shares_.back();
    }

    void add(std::span<const geo::CellShare> of_cell, const geo::Box& box) {
        const auto cell = static_cast<std::uint32_t>(out_.centres.size());
        std::int32_t people = 0;
        for (std::size_t j = 0; j < of_cell.size(); ++j) {
            if (shares_[j] > 0) {
                const auto children = static_cast<std::int32_t>(shares_[j]);
                parts_.push_back({of_cell[j].area, {cell, children}});
                people += children;
            }
        }
        if (people == 0) {
            return; // all of them live outside
        }
        out_.people.push_back(people);
        out_.centres.push_back({(box.west + box.east) / 2, (box.south + box.north) / 2});
    }

    void sort_by_district() {
        for (const Part& part : parts_) {
            ++out_.first[part.area + std::size_t{1}];
        }
        std::partial_sum(out_.first.begin(), out_.first.end(), out_.first.begin());
        out_.living.resize(parts_.size());
        auto next = out_.first;
        for (const Part& part : parts_) {
            out_.living[next[part.area]++] = part.living;
        }
    }

    /// Children of one cell who live in one district.
    struct Part {
        std::uint32_t area; ///< place within the layer
        LayerChildren::Living living;
    };

    const Reader& reader_;
    const Layer& layer_;
    CountedChildren counted_;
    LayerChildren out_;
    std::vector<Part> parts_;   ///< cell by cell
    std::vector<bool> unknown_; ///< districts with a cell whose bands cannot say
    std::int64_t outside_ = 0;
    bool outside_known_ = true;
    bool from_cells_ = false;
    bool from_towns_ = false;
    bool by_profile_ = false;
    AgeSpread spread_;
    std::vector<geo::CellShare> by_middle_;
    std::vector<double> weights_;
    std::vector<std::int64_t> shares_;
};

} // namespace

LayerChildren children_of_layer(const Reader& reader, const Layer& layer, const CountedChildren& counted) {
    return Sharing(reader, layer, counted).run();
}

} // namespace shirube::directory
