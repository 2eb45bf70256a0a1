// Homes of people, which no list of places may name: foster families and households that take children in for a night.
#pragma once

#include <string_view>

namespace shirube::importers {

/// Whether words name a private home: 里親, 養育里親, 里親 山田家, ショートステイ協力家庭 … but not what supports
/// them (里親支援センター, 里親会).
bool names_private_home(std::string_view text);

/// Whether words say that somebody runs a thing as a person: 個人, 個人宅, 個人（里親）; not 個人情報….
bool names_private_person(std::string_view operator_kind);

} // namespace shirube::importers
