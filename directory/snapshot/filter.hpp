// Whether one service answers a search, apart from where it lies.
#pragma once

#include "directory/search.hpp"
#include "directory/snapshot/ground.hpp"
#include "directory/snapshot/part.hpp"
#include "directory/snapshot/snapshot.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace shirube::directory {

class Filter {
  public:
    /// \param part of the snapshot, whose services are asked about by their places
    /// \param masked those that are not there and never answer; null: all are
    Filter(const Snapshot& snapshot, const Part& part, const std::vector<bool>* masked, const SearchQuery& query);

    /// Nothing where the service does not answer; else how open it is at the time asked (maybe where none was asked).
    [[nodiscard]] std::optional<Openness> operator()(std::uint32_t service) const;

    /// Whether nothing but the day, the programmes and the place is asked: the common search, which needs no more than
    /// this.
    [[nodiscard]] bool is_plain() const noexcept { return plain_; }
    /// Whether who passes a ColumnScan of the query answers it, where that tells all of the time too.
    [[nodiscard]] bool looks_at_columns_alone() const noexcept { return columns_alone_; }
    /// By ProgrammeIndex, those that are asked for; empty: all.
    [[nodiscard]] const std::vector<bool>& programmes() const noexcept { return programmes_; }
    [[nodiscard]] bool in_force(std::uint32_t service) const noexcept {
        return (masked_ == nullptr || !(*masked_)[service]) && part_.columns.in_force(service, day_);
    }

  private:
    [[nodiscard]] bool matches_columns(std::uint32_t service) const;
    [[nodiscard]] bool matches_programme(std::uint32_t service) const;
    [[nodiscard]] bool matches_age(std::uint32_t service) const;
    [[nodiscard]] bool matches_text(std::uint32_t service) const;
    [[nodiscard]] bool matches_within(std::uint32_t service) const;
    [[nodiscard]] Openness openness(std::uint32_t service) const;

    const Ground& ground_;
    const Part& part_;
    const std::vector<bool>* masked_;
    const SearchQuery& query_;
    DayNumber day_;
    bool plain_;
    bool columns_alone_;
    std::vector<bool> programmes_; ///< by ProgrammeIndex; empty: any
    std::vector<std::string> words_;
    std::vector<std::vector<bool>> word_programmes_; ///< for each word: the programmes whose names hold it
};

/// The words of a text search, folded. Spaces (full-width too) part them.
std::vector<std::string> search_words(std::string_view text);

} // namespace shirube::directory
