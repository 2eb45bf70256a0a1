#include "directory/accounts/failures.hpp"

#include <algorithm>
#include <span>

namespace shirube::directory {

namespace {

std::span<const std::uint8_t> bytes(const Hash& hash) { return hash; }

constexpr const char* k_name = "name";
constexpr const char* k_client = "client";

} // namespace

std::optional<Failures::Row> Failures::row_of(const char* kind, const Hash& hash) {
    Statement select(database_, "SELECT count, last_at, wait_until FROM failure WHERE kind = ? AND hash = ?");
    select.bind(kind, bytes(hash));
    if (!select.step()) {
        return std::nullopt;
    }
    const Row row{select.integer(0), select.integer(1), select.integer(2)};
    if (now_ - row.last_at > settings_.failures_forgotten_s) {
        return std::nullopt;
    }
    return row;
}

void Failures::write(const char* kind, const Hash& hash, const Row& row) {
    Statement(database_,
              "INSERT OR REPLACE INTO failure (kind, hash, count, last_at, wait_until) VALUES (?, ?, ?, ?, ?)")
        .bind(kind, bytes(hash), row.count, row.last_at, row.wait_until)
        .run();
}

std::int64_t Failures::end_of_wait(std::int64_t count, int before_wait) const noexcept {
    if (count < before_wait) {
        return 0; // not now: a clock that is put back would make a wait of it
    }
    std::int64_t wait = settings_.first_wait_s;
    for (std::int64_t i = before_wait; i < count && wait < settings_.most_wait_s; ++i) {
        wait *= 2;
    }
    return now_ + std::min(wait, settings_.most_wait_s);
}

std::int64_t Failures::wait_of(const Attempt& attempt) {
    std::int64_t until = now_;
    if (const auto row = row_of(k_name, attempt.name)) {
        until = std::max(until, row->wait_until);
    }
    if (const auto row = row_of(k_client, attempt.client)) {
        until = std::max(until, row->wait_until);
    }
    // No wait is longer than the longest, not even where the machine's clock was put back.
    return std::min(until - now_, settings_.most_wait_s);
}

Failures::Before Failures::count_name(const Hash& name) {
    const auto row = row_of(k_name, name).value_or(Row{});
    const auto count = row.count + 1;
    write(k_name, name, {count, now_, end_of_wait(count, settings_.failures_before_wait)});
    return {row.count, row.last_at, row.wait_until, count};
}

void Failures::count_client(const Hash& client) {
    const auto row = row_of(k_client, client).value_or(Row{0, now_, 0});
    // Many may sit behind one address, and nobody's success speaks for the others: a client is forgiven by time alone.
    const auto forgiven = std::max<std::int64_t>(now_ - row.last_at, 0) / settings_.client_forgets_one_s;
    const auto count = std::max<std::int64_t>(row.count - forgiven, 0) + 1;
    write(k_client, client, {count, now_, end_of_wait(count, settings_.client_failures_before_wait)});
}

void Failures::take_back_name(const Hash& name, const Before& before) {
    const auto row = row_of(k_name, name);
    if (!row) {
        return;
    }
    if (row->count != before.counted) {
        write(k_name, name, {std::max<std::int64_t>(row->count - 1, 0), row->last_at, row->wait_until});
    } else if (before.count == 0) {
        forget_name(name);
    } else {
        write(k_name, name, {before.count, before.last_at, before.wait_until});
    }
}

void Failures::forget_name(const Hash& name) {
    Statement(database_, "DELETE FROM failure WHERE kind = ? AND hash = ?").bind(k_name, bytes(name)).run();
}

void Failures::sweep() {
    Statement old(database_, "DELETE FROM failure WHERE kind = ? AND last_at < ?");
    // By age alone: were names that exist kept longer, a flood of others would tell which they are.
    Statement many(database_, R"(DELETE FROM failure WHERE kind = ?1 AND hash IN (
        SELECT hash FROM failure WHERE kind = ?1 ORDER BY last_at DESC LIMIT -1 OFFSET ?2))");
    for (const auto* kind : {k_name, k_client}) {
        old.bind(kind, now_ - settings_.failures_forgotten_s).run();
        many.bind(kind, settings_.most_failure_rows).run();
    }
}

} // namespace shirube::directory
