// Where seeds, needs and the log of who was asked are kept: a file beside the store, town.shirube → town.shirube.seeds.
// Nothing of it is in the store or in any edition; who may see what is decided by seen_by().
#pragma once

#include "directory/seeds/seed.hpp"
#include "directory/seeds/seed_sight.hpp"

#include <cstdint>
#include <expected>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace shirube::directory {

/// A sentence a person can act on, and a stable code: seeds_missing, seeds_foreign, seeds_newer, seeds_busy,
/// seeds_full, seeds_damaged, seeds_read_only, seeds_failed.
class SeedsError : public std::runtime_error {
  public:
    SeedsError(std::string code, const std::string& sentence) : std::runtime_error(sentence), code_(std::move(code)) {}
    [[nodiscard]] const std::string& code() const noexcept { return code_; }

  private:
    std::string code_;
};

/// Why something is not kept.
enum class SeedRefusal : std::uint8_t {
    full,    ///< the owner has as many as may be
    changed, ///< somebody was quicker
    missing  ///< there is none of that id that this owner may change
};

struct KeptSeed {
    std::string id;
    bool is_new = false;
    bool is_changed = false; ///< false: it stood there just so
};

std::filesystem::path seeds_beside(const std::filesystem::path& store);

/// Safe from any thread. All of it \throws SeedsError
class SeedBook {
  public:
    static SeedBook open(const std::filesystem::path& path);
    /// Makes the file, which its owner alone may read, where it does not exist.
    static SeedBook open_or_create(const std::filesystem::path& path);
    SeedBook(SeedBook&&) noexcept;
    SeedBook& operator=(SeedBook&&) noexcept;
    ~SeedBook();

    [[nodiscard]] AllSeeds all() const;

    /// Keeps one: a new one where `seed.id` is empty, unless its owner has one of that kind and key, which becomes
    /// this. Where it has an id it must be the owner's, and in the version that was seen.
    std::expected<KeptSeed, SeedRefusal> keep(Seed seed);

    /// A new asking. \pre its want, and its offer where it names one, are kept here
    std::expected<std::string, SeedRefusal> ask(Asking asking);

    /// What was answered; a later answer goes before. \returns whether there is one of that id
    bool answer(std::string_view id, SeedAnswer answer, std::optional<DeclineReason> reason, std::string_view words,
                std::optional<Day> on);

  private:
    struct Impl;
    explicit SeedBook(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

} // namespace shirube::directory
