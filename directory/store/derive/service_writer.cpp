#include "directory/store/derive/service_writer.hpp"

#include <nlohmann/json.hpp>

namespace shirube::directory {

namespace {

template <class T>
std::int64_t bits_of(const std::vector<T>& values) noexcept {
    std::int64_t bits = 0;
    for (const auto value : values) {
        bits |= std::int64_t{1} << static_cast<unsigned>(value);
    }
    return bits;
}

std::optional<std::string> text_of(const std::optional<Day>& day) {
    if (!day) {
        return std::nullopt;
    }
    return to_string(*day);
}

} // namespace

ServiceWriter::ServiceWriter(Database& database)
    : insert_(database, R"(INSERT INTO service VALUES
          (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))"),
      insert_schedule_(database, "INSERT INTO schedule VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
      delete_(database, "DELETE FROM service WHERE service_id = ?") {}

void ServiceWriter::write(const WrittenService& service, const ServiceReading& reading) {
    const std::string serves = nlohmann::json(reading.serves).dump();
    const std::string usable_by = nlohmann::json(reading.usable_by).dump();
    const std::string use_terms = nlohmann::json(reading.use_terms).dump();
    const auto from = text_of(reading.valid_from);
    const auto to = text_of(reading.valid_to);
    const auto confirmed = text_of(reading.last_confirmed_on);
    insert_
        .bind(service.service_id, service.row_id, service.list_id, service.site_id, service.organization_id,
              reading.programme, code_of(service.visibility), reading.from_age_months, reading.to_age_months,
              reading.stage, bits_of(reading.for_whom), reading.for_whom_text, code_of(reading.entry),
              reading.entry_text, code_of(reading.fee), reading.fee_text, code_of(reading.transport), reading.capacity,
              code_of(reading.contract), code_of(reading.status), code_of(reading.certainty), bits_of(reading.features),
              serves, usable_by, reading.phone, reading.url, reading.note, from, to, confirmed, service.shown_as,
              static_cast<int>(service.merged), service.owner, service.staff_part, reading.department, use_terms)
        .run();
    for (std::size_t i = 0; i < reading.schedules.size(); ++i) {
        const Schedule& schedule = reading.schedules[i];
        const ScheduleRule& rule = schedule.rule;
        insert_schedule_
            .bind(service.service_id, static_cast<std::int64_t>(i), code_of(rule.state),
                  static_cast<int>(rule.weekdays), static_cast<int>(rule.ordinals), static_cast<int>(rule.months),
                  static_cast<std::int64_t>(rule.days_of_month), rule.from_minute, rule.to_minute,
                  code_of(rule.holidays), schedule.venue, schedule.text, static_cast<int>(rule.usually))
            .run();
    }
}

} // namespace shirube::directory
