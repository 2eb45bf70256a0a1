#include "directory/mended_list.hpp"

#include <fmt/format.h>

#include <charconv>

namespace shirube::directory {

namespace {

constexpr std::string_view k_mended = " の直し";

/// A list's name without what says that it holds mended rows, and how often they were mended.
struct MendedName {
    std::string_view base;
    int times = 0;
};

MendedName parts_of_name(std::string_view name) {
    const std::size_t at = name.rfind(k_mended);
    if (at == std::string_view::npos || at == 0) {
        return {.base = name, .times = 0};
    }
    const std::string_view number = name.substr(at + k_mended.size());
    int times = 1;
    if (!number.empty()) {
        const auto [end, fault] = std::from_chars(number.data(), number.data() + number.size(), times);
        if (fault != std::errc{} || end != number.data() + number.size() || times < 2 || times > 999) {
            return {.base = name, .times = 0};
        }
    }
    return {.base = name.substr(0, at), .times = times};
}

std::string mended(std::string_view base, int times) {
    return fmt::format("{}{}{}", base, k_mended, times == 1 ? "" : std::to_string(times));
}

} // namespace

std::string name_of_mended(std::string_view list) {
    const MendedName name = parts_of_name(list);
    return mended(name.base, name.times + 1);
}

bool is_mended_list(std::string_view list) { return parts_of_name(list).times > 0; }

std::string name_of_mended_like(std::string_view mended_name, std::string_view list) {
    return mended(parts_of_name(list).base, std::max(1, parts_of_name(mended_name).times));
}

std::string_view origin_of_mended(std::string_view list) { return parts_of_name(list).base; }

} // namespace shirube::directory
