#include "directory/normal_form.hpp"

#include <stdexcept>

namespace shirube::directory {

namespace {

const icu::Normalizer2& loaded(const icu::Normalizer2* (*get)(UErrorCode&)) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* found = get(status);
    if (U_FAILURE(status) != 0 || found == nullptr) {
        throw std::runtime_error("ICU's normalisation data cannot be loaded");
    }
    return *found;
}

} // namespace

const icu::Normalizer2& nfc() {
    static const icu::Normalizer2& form = loaded(icu::Normalizer2::getNFCInstance);
    return form;
}

const icu::Normalizer2& nfkc() {
    static const icu::Normalizer2& form = loaded(icu::Normalizer2::getNFKCInstance);
    return form;
}

const icu::Normalizer2& nfkc_casefold() {
    static const icu::Normalizer2& form = loaded(icu::Normalizer2::getNFKCCasefoldInstance);
    return form;
}

} // namespace shirube::directory
