#include "directory/blocks.hpp"

#include "directory/fold.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace shirube::directory {

namespace {

// Layout: how many blocks are shown, how many are lots; then the numbers of both (a plain number as its distance from
// the one before, ×2; any other text as its length ×2+1 and its bytes), the longitudes, the latitudes (each as its
// distance from the one before) and the radii. All are variable-length whole numbers, low seven bits first.

constexpr std::size_t k_most_digits = 9;
constexpr double k_degree = 1e6;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The value of a number that is written as such, without leading zeros; nothing for any other text.
std::optional<std::uint64_t> plain_number(std::string_view text) {
    const bool plain = !text.empty() && text.size() <= k_most_digits && std::ranges::all_of(text, is_digit) &&
                       (text.front() != '0' || text.size() == 1);
    if (!plain) {
        return std::nullopt;
    }
    std::uint64_t value = 0;
    for (const char c : text) {
        value = value * 10 + static_cast<std::uint64_t>(c - '0');
    }
    return value;
}

void put(std::string& out, std::uint64_t value) {
    constexpr std::uint64_t low = 0x7f;
    while (value > low) {
        out += static_cast<char>((value & low) | 0x80U);
        value >>= 7U;
    }
    out += static_cast<char>(value);
}

void put_signed(std::string& out, std::int64_t value) {
    put(out, (static_cast<std::uint64_t>(value) << 1U) ^ static_cast<std::uint64_t>(value >> 63U));
}

std::int64_t millionths(double degrees) { return std::llround(degrees * k_degree); }

/// Walks over packed bytes; past their end, or past what a number may take, it is at fault and answers zeros.
class Cursor {
  public:
    explicit Cursor(std::string_view bytes) : bytes_(bytes) {}

    [[nodiscard]] bool at_fault() const noexcept { return at_fault_; }

    std::uint64_t take() noexcept {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            if (at_ >= bytes_.size()) {
                break;
            }
            const auto byte = static_cast<unsigned char>(bytes_[at_++]);
            value |= std::uint64_t{byte & 0x7fU} << shift;
            if ((byte & 0x80U) == 0) {
                return value;
            }
        }
        at_fault_ = true;
        return 0;
    }

    std::int64_t take_signed() noexcept {
        const std::uint64_t value = take();
        return static_cast<std::int64_t>(value >> 1U) ^ -static_cast<std::int64_t>(value & 1U);
    }

    std::string_view take_bytes(std::uint64_t count) noexcept {
        if (count > bytes_.size() - at_) {
            at_fault_ = true;
            return {};
        }
        const std::string_view bytes = bytes_.substr(at_, count);
        at_ += count;
        return bytes;
    }

  private:
    std::string_view bytes_;
    std::size_t at_ = 0;
    bool at_fault_ = false;
};

/// The numbers of a packed value, one after the other.
class Numbers {
  public:
    explicit Numbers(std::string_view packed) : cursor_(packed), shown_(cursor_.take()), lots_(cursor_.take()) {
        // A block takes four bytes at least.
        const std::uint64_t most = packed.size() / 4;
        if (shown_ > most || lots_ > most || shown_ + lots_ > most) {
            shown_ = lots_ = 0;
        }
    }

    [[nodiscard]] std::size_t size() const noexcept { return shown_ + lots_; }
    [[nodiscard]] std::size_t shown() const noexcept { return shown_; }
    [[nodiscard]] Cursor& cursor() noexcept { return cursor_; }

    /// Goes to the next; the value of a plain number, else text() is it.
    std::optional<std::uint64_t> next() {
        if (passed_++ == shown_) {
            value_ = 0;
        }
        const std::uint64_t tag = cursor_.take();
        if ((tag & 1U) != 0) {
            text_ = cursor_.take_bytes(tag >> 1U);
            return std::nullopt;
        }
        value_ += tag >> 1U;
        return value_;
    }

    [[nodiscard]] std::string_view text() const noexcept { return text_; }

  private:
    Cursor cursor_;
    std::uint64_t shown_;
    std::uint64_t lots_;
    std::uint64_t passed_ = 0;
    std::uint64_t value_ = 0;
    std::string_view text_;
};

/// The columns behind the numbers.
std::vector<std::int64_t> take_column(Cursor& cursor, std::size_t count) {
    std::vector<std::int64_t> column(count);
    std::int64_t value = 0;
    for (std::int64_t& each : column) {
        // Sums wrap where the bytes are damaged; nobody believes them then.
        value = static_cast<std::int64_t>(static_cast<std::uint64_t>(value) +
                                          static_cast<std::uint64_t>(cursor.take_signed()));
        each = value;
    }
    return column;
}

} // namespace

std::string block_number(std::string_view written) {
    // Folding takes these away, and "1.5" or "12～15" would become another number.
    for (const std::string_view apart : {".", "．", "・", "~", "～", "〜", ",", "，", "、", "/", "／"}) {
        if (written.find(apart) != std::string_view::npos) {
            return {};
        }
    }
    std::string number = fold_address(written);
    for (const std::string_view counter : {"番地", "番", "号"}) {
        if (number.ends_with(counter)) {
            number.erase(number.size() - counter.size());
            break;
        }
    }
    const std::size_t first = number.find_first_not_of('0');
    const bool all_digits = std::ranges::all_of(number, is_digit);
    if (all_digits && first != 0 && !number.empty()) {
        number.erase(0, first == std::string::npos ? number.size() - 1 : first);
    }
    return number;
}

std::string pack_blocks(std::vector<Block> blocks) {
    const auto order = [](const Block& a, const Block& b) {
        const auto number_a = plain_number(a.number);
        const auto number_b = plain_number(b.number);
        if (a.is_shown != b.is_shown) {
            return a.is_shown;
        }
        if (number_a.has_value() != number_b.has_value()) {
            return number_a.has_value();
        }
        return number_a ? *number_a < *number_b : a.number < b.number;
    };
    std::ranges::stable_sort(blocks, order);
    const auto repeated = std::ranges::unique(
        blocks, [](const Block& a, const Block& b) { return a.is_shown == b.is_shown && a.number == b.number; });
    blocks.erase(repeated.begin(), repeated.end());

    std::string packed;
    const auto shown = static_cast<std::size_t>(std::ranges::count(blocks, true, &Block::is_shown));
    put(packed, shown);
    put(packed, blocks.size() - shown);
    std::uint64_t before = 0;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        if (i == shown) {
            before = 0;
        }
        if (const auto number = plain_number(blocks[i].number)) {
            put(packed, (*number - before) << 1U);
            before = *number;
        } else {
            put(packed, blocks[i].number.size() << 1U | 1U);
            packed += blocks[i].number;
        }
    }
    const auto put_column = [&](auto value_of) {
        std::int64_t last = 0;
        for (const Block& block : blocks) {
            const std::int64_t value = value_of(block);
            put_signed(packed, value - last);
            last = value;
        }
    };
    put_column([](const Block& block) { return millionths(block.position.lon); });
    put_column([](const Block& block) { return millionths(block.position.lat); });
    put_column([](const Block& block) { return std::int64_t{block.accuracy_m}; });
    return packed;
}

std::vector<Block> unpack_blocks(std::string_view packed) {
    Numbers numbers(packed);
    std::vector<Block> blocks(numbers.size());
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        blocks[i].is_shown = i < numbers.shown();
        const auto value = numbers.next();
        blocks[i].number = value ? std::to_string(*value) : std::string(numbers.text());
    }
    Cursor& cursor = numbers.cursor();
    const auto lons = take_column(cursor, blocks.size());
    const auto lats = take_column(cursor, blocks.size());
    const auto radii = take_column(cursor, blocks.size());
    if (cursor.at_fault()) {
        return {};
    }
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        blocks[i].position = {.lon = static_cast<double>(lons[i]) / k_degree,
                              .lat = static_cast<double>(lats[i]) / k_degree};
        blocks[i].accuracy_m = static_cast<std::uint32_t>(
            std::clamp<std::int64_t>(radii[i], 0, std::numeric_limits<std::uint32_t>::max()));
    }
    return blocks;
}

std::size_t count_blocks(std::string_view packed) noexcept { return Numbers(packed).size(); }

std::optional<Block> find_block(std::string_view packed, std::string_view number, bool is_shown) {
    const auto wanted = plain_number(number);
    Numbers numbers(packed);
    std::optional<std::size_t> place;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const auto value = numbers.next();
        const bool fits = wanted ? value == wanted : !value && numbers.text() == number;
        if (fits && (i < numbers.shown()) == is_shown) {
            place = i;
        }
    }
    if (!place) {
        return std::nullopt;
    }
    Cursor& cursor = numbers.cursor();
    const auto value_at_place = [&] {
        std::int64_t value = 0;
        const auto column = take_column(cursor, numbers.size());
        value = column[*place];
        return value;
    };
    Block block{.number = std::string(number), .is_shown = is_shown, .position = {}, .accuracy_m = 0};
    block.position.lon = static_cast<double>(value_at_place()) / k_degree;
    block.position.lat = static_cast<double>(value_at_place()) / k_degree;
    block.accuracy_m = static_cast<std::uint32_t>(
        std::clamp<std::int64_t>(value_at_place(), 0, std::numeric_limits<std::uint32_t>::max()));
    return cursor.at_fault() ? std::nullopt : std::optional(block);
}

} // namespace shirube::directory
