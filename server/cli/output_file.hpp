// Whether a file may be written that the command line names: never over what is read, and never over a store.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace shirube::server {

/// The sentence that refuses the output; nothing where it may be written.
/// \param option as typed, e.g. "--report"
/// \param in_use what is read or written beside it; a store's companions (-wal, -shm) are meant with the store
std::optional<std::string> output_refusal(std::string_view option, const std::filesystem::path& output,
                                          std::span<const std::filesystem::path> in_use, std::string_view language);

} // namespace shirube::server
