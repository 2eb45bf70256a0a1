// A document that the staff of a municipality write and keep, in versions: a policy of their own, rules of matching.
// Versions are added and never changed, so that what was printed yesterday can be read again; one of them may be made
// public.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::directory {

enum class DocumentKind : std::uint8_t { policy, match_rules };
std::string_view code_of(DocumentKind) noexcept;

struct DocumentVersion {
    int version = 1;
    std::string body; ///< JSON
    std::string at;   ///< UTC, ISO
    std::string by;   ///< the name of the account that kept it
};

struct KeptDocument {
    std::string id;
    DocumentKind kind = DocumentKind::policy;
    std::string municipality;
    std::optional<int> public_version{};
    bool retired = false;
    std::vector<DocumentVersion> versions{}; ///< the newest first; at least one

    [[nodiscard]] const DocumentVersion& newest() const { return versions.front(); }
    [[nodiscard]] const DocumentVersion* find_version(int version) const noexcept;
};

} // namespace shirube::directory
