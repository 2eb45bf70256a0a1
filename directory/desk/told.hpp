// Who told us something and waits for an answer: sources without an answer fall silent. Kept beside the store, for the
// own municipality's stewards alone: town.shirube → town.shirube.told. No edition is made of it.
#pragma once

#include "directory/calendar.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::directory {

/// What somebody told us.
enum class ToldKind : std::uint8_t {
    find,  ///< of a place nobody had listed
    report ///< that something of a service is wrong
};
std::string_view code_of(ToldKind) noexcept;

inline constexpr std::size_t k_longest_told = 200;    ///< characters of each text
inline constexpr std::int64_t k_most_waiting = 2'000; ///< of one owner
inline constexpr int k_days_answered_stay = 90;       ///< then who told it and how to answer are deleted

struct NewTold {
    std::string owner; ///< see owner_of(); not empty
    ToldKind kind = ToldKind::find;
    std::string ref;   ///< of a find the name of its list, of a report its number
    std::string about; ///< what it was about
    std::string teller;
    std::string way; ///< how to answer them
    Day day{};
};

struct Told {
    std::int64_t id = 0;
    NewTold said;
    std::optional<Day> answered_on; ///< empty: not yet
};

/// A sentence a person can act on, and a stable code: told_missing, told_foreign, told_newer, told_busy, told_full,
/// told_damaged, told_read_only, told_failed.
class ToldError : public std::runtime_error {
  public:
    ToldError(std::string code, const std::string& sentence) : std::runtime_error(sentence), code_(std::move(code)) {}
    [[nodiscard]] const std::string& code() const noexcept { return code_; }

  private:
    std::string code_;
};

std::filesystem::path told_beside(const std::filesystem::path& store);

/// Safe from any thread. All of it \throws ToldError
class ToldBook {
  public:
    static ToldBook open(const std::filesystem::path& path);
    /// Makes the file, which its owner alone may read, where it does not exist.
    static ToldBook open_or_create(const std::filesystem::path& path);
    ToldBook(ToldBook&&) noexcept;
    ToldBook& operator=(ToldBook&&) noexcept;
    ~ToldBook();

    /// Cleaned and cut. The same thing told again is one, as it was told last. False where too many wait.
    bool add(const NewTold& told);

    /// The longest waiting first.
    [[nodiscard]] std::vector<Told> waiting(const std::string& owner, std::size_t most) const;
    [[nodiscard]] std::int64_t count_waiting(const std::string& owner) const;
    /// The last answered first.
    [[nodiscard]] std::vector<Told> answered(const std::string& owner, std::size_t most) const;
    [[nodiscard]] std::optional<Told> find(const std::string& owner, ToldKind kind, std::string_view ref) const;

    /// False where there is none of that number that waits: of another owner or answered already is the same.
    bool answer(std::int64_t id, const std::string& owner, Day today);

    /// Deletes what was answered more than k_days_answered_stay days ago. \returns how many went
    std::int64_t forget_answered(Day today);

  private:
    struct Impl;
    explicit ToldBook(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

} // namespace shirube::directory
