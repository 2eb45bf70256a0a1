// A town drawn in characters, and what its directory answers. Each word of the picture is a census cell of 250 m, from
// north-west to south-east; its capital letters are the districts the cell belongs to (two of them: a choice zone), its
// digits and small letters the places that stand in its middle, and a dot is nothing:
//
//     A  A1 B
//     A  AB .2
#pragma once

#include "directory/coverage.hpp"
#include "directory/policy.hpp"
#include "directory/reader.hpp"
#include "directory/state.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::scenarios {

/// Where in its cell a place stands. An edge may be a border between districts.
enum class Spot { middle, west_edge };

/// What a mark of the picture stands for.
struct Place {
    std::string programme = "jidokan";
    directory::ServiceRow service{}; ///< certainty, status, dates, serves, ages, schedules …; the rest is filled in
    std::string name{};              ///< empty: "児童館1" after its mark
    Spot spot = Spot::middle;
    std::optional<double> accuracy_m{}; ///< given: known by its town alone, somewhere within this radius
    std::string municipality{};         ///< empty: the town's own; "?": nobody knows
};

/// What a list says of itself.
struct TownList {
    std::vector<directory::Claim> claims;
    std::string as_of = "2026-04-01";
};

class AsciiTown {
  public:
    static constexpr const char* k_municipality = "99201";

    explicit AsciiTown(std::string_view picture);

    AsciiTown& mark(char mark, Place place);
    /// A service of which no position is known.
    AsciiTown& unlocated(Place place);
    /// Children under 15, cell by cell: a number, `?` where the census says nothing about them, a dot where there is no
    /// cell.
    AsciiTown& children(std::string_view picture);
    AsciiTown& list(TownList list);
    /// A list of the town that names every place of a programme or family.
    AsciiTown& complete_list(const std::string& programme);
    AsciiTown& suspend(char district);
    AsciiTown& belongs_to(char district, const std::string& municipality);
    /// An area of layer sodan_kuiki made of these districts, called by their letters.
    AsciiTown& area(const std::string& letters);
    /// A figure of need; of the layer of districts its code is a letter, of municipalities a code of five digits.
    AsciiTown& need(directory::NeedReading reading);
    /// A count of visiting helpers; without a municipality of the town's own.
    AsciiTown& helpers(directory::HelperCountReading reading);

    [[nodiscard]] directory::Reader reader() const;
    /// What the reader is made of; its services, "service0000" …, stand in the order of the picture.
    [[nodiscard]] directory::State state() const;

    /// The middle of a cell, counted from the north-western one.
    [[nodiscard]] geo::LonLat middle(std::size_t row, std::size_t column) const;

  private:
    struct Cell {
        std::string districts;
        std::string marks;
    };
    struct Standing {
        Place place;
        char mark;
        std::optional<geo::LonLat> position;
    };

    [[nodiscard]] geo::Box box(std::size_t row, std::size_t column) const;
    void add_districts(directory::State& state) const;
    void add_services(directory::State& state) const;
    void add_cells(directory::State& state) const;
    [[nodiscard]] std::vector<Standing> standing() const;

    std::vector<std::vector<Cell>> cells_;
    std::vector<std::vector<std::string>> children_;
    std::map<char, Place> marks_;
    std::vector<Place> unlocated_;
    std::vector<TownList> lists_;
    std::vector<std::string> areas_;
    std::vector<directory::NeedReading> needs_;
    std::vector<directory::HelperCountReading> helpers_;
    std::string suspended_;
    std::map<char, std::string> municipalities_;
};

/// What a policy finds in a town, by the letters of its districts.
struct Answer {
    directory::Coverage coverage;
    std::map<char, directory::DistrictCoverage> of;

    /// "A full, B blank"; of an area by its first letter
    [[nodiscard]] std::string tiers() const;
    [[nodiscard]] bool notes(char district, std::string_view note) const;
};

/// A presence policy over some programmes, readable enough for a test.
directory::Policy policy_of(const std::vector<std::string>& programmes);

/// Holds the policy against the town on a day, e.g. "2026-11-21", and is told every count, however small. The reader
/// must outlive the answer.
Answer ask(const directory::Reader& reader, const directory::Policy& policy, std::string_view day = "2026-11-21",
           const std::string& layer = "chugakkoku");

/// The names of the places a search finds, in its order: "児童館1 児童館2".
std::string found(const directory::Reader& reader, const directory::SearchQuery& query);

directory::Instant at(std::string_view instant);

/// A dated weekly schedule, or an nth one where ordinals are given (bit 0: the first).
directory::Schedule every(int weekday, int from_hour, int to_hour, std::uint8_t ordinals = 0);

} // namespace shirube::scenarios
