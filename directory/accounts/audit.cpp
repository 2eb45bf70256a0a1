#include "directory/accounts.hpp"
#include "directory/accounts/impl.hpp"

#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <limits>

namespace shirube::directory {

namespace {

constexpr int k_longest_what = 200; // characters

/// On one line, cut, and UTF-8 whatever came.
std::string short_line(std::string_view what) {
    const auto text = icu::UnicodeString::fromUTF8(icu::StringPiece(what.data(), static_cast<int32_t>(what.size())));
    icu::UnicodeString line;
    int taken = 0;
    for (int32_t i = 0; i < text.length() && taken < k_longest_what; ++taken) {
        const UChar32 c = text.char32At(i);
        line.append(u_iscntrl(c) != 0 ? UChar32{' '} : c);
        i += U16_LENGTH(c);
    }
    std::string utf8;
    line.toUTF8String(utf8);
    return utf8;
}

std::optional<AuditAction> parse_action(std::string_view code) noexcept {
    for (auto place = static_cast<int>(AuditAction::log_in); place <= static_cast<int>(AuditAction::settings_changed);
         ++place) {
        const auto action = static_cast<AuditAction>(place);
        if (code_of(action) == code) {
            return action;
        }
    }
    return std::nullopt;
}

} // namespace

void write_audit(Database& database, const Actor& by, AuditAction action, std::string_view what, std::int64_t now) {
    Statement(database, "INSERT INTO audit (at, name, role, municipality, action, what) VALUES (?, ?, ?, ?, ?, ?)")
        .bind(now, short_line(by.name), by.role ? code_of(*by.role) : std::string_view{}, by.municipality,
              code_of(action), short_line(what))
        .run();
}

void Accounts::audit(const Actor& by, AuditAction action, std::string_view what, std::int64_t now) {
    impl_->locked([&] { write_audit(impl_->file.database(), by, action, what, now); });
}

std::vector<AuditEntry> Accounts::audit_log(std::int64_t before_id, std::size_t most) const {
    return impl_->locked([&] {
        Statement select(impl_->file.database(),
                         R"(SELECT audit_id, at, name, role, municipality, action, what FROM audit
            WHERE audit_id < ? ORDER BY audit_id DESC LIMIT ?)");
        constexpr auto k_newest = std::numeric_limits<std::int64_t>::max();
        select.bind(before_id == 0 ? k_newest : before_id, static_cast<std::int64_t>(most));
        std::vector<AuditEntry> entries;
        while (select.step()) {
            const auto action = parse_action(select.text(5));
            if (!action) {
                throw StoreError("store_damaged", "The audit log has an unknown action.");
            }
            entries.push_back({.id = select.integer(0),
                               .at = select.integer(1),
                               .name = std::string(select.text(2)),
                               .role = parse_role(select.text(3)),
                               .municipality = std::string(select.text(4)),
                               .action = *action,
                               .what = std::string(select.text(6))});
        }
        return entries;
    });
}

} // namespace shirube::directory
