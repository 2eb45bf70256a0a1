// Which layout is this? By its header alone; and where no layout fits, what each of them lacked.
#pragma once

#include "importers/layouts/layout.hpp"
#include "importers/report/problem.hpp"

#include <expected>
#include <span>
#include <string>
#include <string_view>

namespace shirube::importers {

struct Recognised {
    const ResourceLayout* layout = nullptr;
    HeaderFit fit{};
};

/// The layout whose required columns are all there and that understands most columns; `profile` names one outright.
/// Problems: header_unknown (a: each layout with the columns it misses), profile_unknown
/// (wrong use; a: the name, b: those known), profile_misfits (a: profile, b: missing columns).
std::expected<Recognised, FileProblem> recognise(std::span<const std::string> header, std::string_view profile);

} // namespace shirube::importers
