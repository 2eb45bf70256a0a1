// The closed code lists of the template's columns: what a row may choose, in the words it is written in.
#pragma once

#include "directory/codes.hpp"

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::importers {

using directory::Certainty;
using directory::Contract;
using directory::Entry;
using directory::Feature;
using directory::ForWhom;
using directory::Status;
using directory::Transport;

/// The values of a code list that a row may choose, for the sentence about one it may not.
template <class T>
inline constexpr std::initializer_list<T> k_choices{};
template <>
inline constexpr std::initializer_list<Entry> k_choices<Entry>{Entry::drop_in, Entry::register_first, Entry::apply,
                                                               Entry::referral, Entry::municipal_decision};
template <>
inline constexpr std::initializer_list<Transport> k_choices<Transport>{Transport::none,        Transport::guardian,
                                                                       Transport::provider,    Transport::municipality,
                                                                       Transport::coordinator, Transport::unknown};
template <>
inline constexpr std::initializer_list<Contract> k_choices<Contract>{
    Contract::direct,     Contract::direct_instructor,  Contract::entrusted,  Contract::partly_entrusted,
    Contract::registered, Contract::designated_manager, Contract::individual, Contract::mutual,
    Contract::subsidised, Contract::independent};
template <>
inline constexpr std::initializer_list<Status> k_choices<Status>{Status::active, Status::planned, Status::pilot,
                                                                 Status::suspended, Status::closed};
template <>
inline constexpr std::initializer_list<Certainty> k_choices<Certainty>{Certainty::confirmed, Certainty::reported,
                                                                       Certainty::stale};
template <>
inline constexpr std::initializer_list<directory::Decider> k_choices<directory::Decider>{
    directory::Decider::coordinator, directory::Decider::department, directory::Decider::centre,
    directory::Decider::council,     directory::Decider::provider,   directory::Decider::visitor,
    directory::Decider::other};
template <>
inline constexpr std::initializer_list<Feature> k_choices<Feature>{
    Feature::parking, Feature::stroller, Feature::private_room, Feature::step_free,
    Feature::online,  Feature::visiting, Feature::line,         Feature::web_form};
template <>
inline constexpr std::initializer_list<ForWhom> k_choices<ForWhom>{
    ForWhom::parents, ForWhom::expecting, ForWhom::young_carer, ForWhom::foreign_roots, ForWhom::disability};
template <>
inline constexpr std::initializer_list<directory::LandmarkKind> k_choices<directory::LandmarkKind>{
    directory::LandmarkKind::station, directory::LandmarkKind::school, directory::LandmarkKind::facility,
    directory::LandmarkKind::postal_code};

template <class T>
std::vector<std::string> labels_of() {
    std::vector<std::string> labels;
    for (const T value : k_choices<T>) {
        labels.emplace_back(label_of(value));
    }
    return labels;
}

/// What 祝日 may say.
std::vector<std::string> holiday_labels();

/// What 公開範囲, 場所の公開 and 公開しない項目 may say.
std::vector<std::string> visibility_labels();
std::vector<std::string> place_labels();
std::vector<std::string> withheld_labels();

/// The choices with ・ between them, for a sentence.
std::string in_words(const std::vector<std::string>& choices);

/// The choices of a column of the template; empty where it is free, or names programmes.
std::vector<std::string> choices_of_column(std::string_view column);

/// Whether a cell of the column may say something else: several of the choices, or words of its own.
bool takes_other_words(std::string_view column);

} // namespace shirube::importers
