// Unicode's normal forms. Each is loaded once, under a lock that everybody sees: ICU's own is inside a library, and
// asked from several threads at first use nothing outside it would order the loading before the use.
#pragma once

#include <unicode/normalizer2.h>

namespace shirube::directory {

// \throws std::runtime_error where ICU's data is missing

const icu::Normalizer2& nfc();
const icu::Normalizer2& nfkc();
const icu::Normalizer2& nfkc_casefold();

} // namespace shirube::directory
