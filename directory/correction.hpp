// What a correction by hand does to what the lists say.
#pragma once

#include "directory/reading.hpp"

namespace shirube::directory {

/// Puts the correction's values of the place in the place's. One that is empty there is unknown afterwards.
void correct(SiteReading& place, const CorrectionReading& correction);

/// Puts the correction's values of the service in the service's.
void correct(ServiceReading& service, const CorrectionReading& correction);

/// Whether the correction has a value of the place.
[[nodiscard]] bool speaks_of_the_place(const CorrectionReading& correction) noexcept;

/// Whether the correction has a value of a service.
[[nodiscard]] bool speaks_of_a_service(const CorrectionReading& correction) noexcept;

} // namespace shirube::directory
