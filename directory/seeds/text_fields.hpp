// Fields of a form or of a row, read one by one, and what is wrong with them.
#pragma once

#include "directory/calendar.hpp"
#include "directory/seeds/seed_reading.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace shirube::directory {

/// Cleaned as what people write elsewhere is, and without its line ends.
std::string on_one_line(std::string_view text);

class TextFields {
  public:
    /// \param texts must live as long
    explicit TextFields(const SeedTexts& texts) : texts_(texts) {}

    /// As it was written.
    [[nodiscard]] std::string_view raw(std::string_view field) const;
    void wrong(std::string_view field, std::string_view code, std::string_view value = {});

    /// At most k_longest_seed_line characters.
    std::string line(std::string_view field);
    std::string needed_line(std::string_view field);
    /// On several lines, at most k_longest_seed_words characters.
    std::string words(std::string_view field);
    std::vector<std::string> list(std::string_view field);
    /// Whole and not negative, of at most `most`; digits may be of full width and grouped by commas in threes.
    /// \param unit that may stand behind it
    std::optional<std::int64_t> number(std::string_view field, std::int64_t most, std::string_view unit = {});
    /// Kilometres, as metres.
    std::optional<std::int64_t> kilometres(std::string_view field);
    std::optional<Day> day(std::string_view field);

    template <class T>
    T choice(std::string_view field, T without) {
        const std::string text = on_one_line(raw(field));
        const auto value = parse_seed_code<T>(text);
        if (!text.empty() && !value) {
            wrong(field, "no_choice");
        }
        return value.value_or(without);
    }

    [[nodiscard]] bool is_wrong(std::string_view field) const;
    [[nodiscard]] std::vector<SeedProblem> take_problems() { return std::move(problems_); }

  private:
    std::string bounded(std::string_view field, std::string text, std::size_t most);

    const SeedTexts& texts_;
    std::vector<SeedProblem> problems_;
};

} // namespace shirube::directory
