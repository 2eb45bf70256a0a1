// What families needed and nothing was found for, as their caseworkers decide to count it, kept beside the store:
// town.shirube → town.shirube.unmet. A month, a district, a band of ages and a need, and how often: nothing of a
// family, of who counted, or of when in the month.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::directory {

/// Whom a need is of.
enum class UnmetBand : std::uint8_t {
    years_0_2,
    years_3_5,
    years_6_11,
    years_12_14,
    years_15_17,
    years_18_39,
    parents, ///< or who expects a child
    unknown  ///< a child of whom no age is known
};
inline constexpr std::array k_unmet_bands{UnmetBand::years_0_2,   UnmetBand::years_3_5,   UnmetBand::years_6_11,
                                          UnmetBand::years_12_14, UnmetBand::years_15_17, UnmetBand::years_18_39,
                                          UnmetBand::parents,     UnmetBand::unknown};
/// "0_2" … "18_39", "parents", "unknown".
std::string_view code_of(UnmetBand) noexcept;
std::optional<UnmetBand> parse_unmet_band(std::string_view) noexcept;
/// Of a child. \param age_months not negative
UnmetBand unmet_band_of(int age_months) noexcept;

struct UnmetKey {
    std::string owner; ///< see owner_of()
    std::chrono::year_month month{};
    std::string district; ///< code; empty: nobody knows
    UnmetBand band = UnmetBand::unknown;
    std::string need; ///< code

    friend bool operator==(const UnmetKey&, const UnmetKey&) = default;
};

struct UnmetCount {
    UnmetKey of;
    std::int64_t count = 0;
};

/// A sentence a person can act on, and a stable code: unmet_missing, unmet_foreign, unmet_newer, unmet_busy,
/// unmet_full, unmet_damaged, unmet_read_only, unmet_failed.
class UnmetError : public std::runtime_error {
  public:
    UnmetError(std::string code, const std::string& sentence) : std::runtime_error(sentence), code_(std::move(code)) {}
    [[nodiscard]] const std::string& code() const noexcept { return code_; }

  private:
    std::string code_;
};

std::filesystem::path unmet_beside(const std::filesystem::path& store);

/// Safe from any thread. All of it \throws UnmetError
class Unmet {
  public:
    static Unmet open(const std::filesystem::path& path);
    /// Makes the file, which its owner alone may read, where it does not exist.
    static Unmet open_or_create(const std::filesystem::path& path);
    Unmet(Unmet&&) noexcept;
    Unmet& operator=(Unmet&&) noexcept;
    ~Unmet();

    /// One more of these.
    void count(const UnmetKey& of);

    /// By owner, month, district, band and need. \param owner whose; empty optional: everybody's
    [[nodiscard]] std::vector<UnmetCount> all(const std::optional<std::string>& owner) const;

  private:
    struct Impl;
    explicit Unmet(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

} // namespace shirube::directory
