#pragma once

#include <cstddef>
#include <functional>
#include <initializer_list>
#include <new>
#include <type_traits>
#include <utility>

#include <absl/container/flat_hash_map.h>
#include <absl/container/flat_hash_set.h>

namespace liantu {

namespace detail {

/// Abseil's table, which is broken for good when memory runs out while it grows or while an element
/// is made in it. Here a larger table is made beside the old one, and elements are made before they
/// are put in: whatever throws, the table stays as it was.
template <typename Table>
class SafeTable {
 public:
  using key_type = typename Table::key_type;
  using value_type = typename Table::value_type;
  using size_type = std::size_t;
  using difference_type = std::ptrdiff_t;
  using iterator = typename Table::iterator;
  using const_iterator = typename Table::const_iterator;
  using reference = value_type&;
  using const_reference = const value_type&;
  using hasher = typename Table::hasher;
  using key_equal = typename Table::key_equal;

  SafeTable() = default;
  SafeTable(const hasher& hash, const key_equal& equal) : table_(0, hash, equal) {}
  SafeTable(SafeTable&& other) noexcept
      : table_(std::move(other.table_)), left_(std::exchange(other.left_, 0)) {}
  SafeTable& operator=(SafeTable&& other) noexcept {
    table_ = std::move(other.table_);
    left_ = std::exchange(other.left_, 0);
    return *this;
  }
  SafeTable(const SafeTable&) = delete;
  SafeTable& operator=(const SafeTable&) = delete;
  ~SafeTable() = default;

  [[nodiscard]] iterator begin() { return table_.begin(); }
  [[nodiscard]] iterator end() { return table_.end(); }
  [[nodiscard]] const_iterator begin() const { return table_.begin(); }
  [[nodiscard]] const_iterator end() const { return table_.end(); }
  [[nodiscard]] std::size_t size() const { return table_.size(); }
  [[nodiscard]] bool empty() const { return table_.empty(); }
  template <typename Key = key_type>
  [[nodiscard]] iterator find(const Key& key) {
    return table_.find(key);
  }
  template <typename Key = key_type>
  [[nodiscard]] const_iterator find(const Key& key) const {
    return table_.find(key);
  }
  template <typename Key = key_type>
  [[nodiscard]] bool contains(const Key& key) const {
    return table_.contains(key);
  }
  template <typename Key = key_type>
  [[nodiscard]] std::size_t count(const Key& key) const {
    return table_.count(key);
  }
  template <typename Key = key_type>
  void prefetch(const Key& key) const {
    table_.prefetch(key);
  }
  template <typename Key = key_type>
  requires(!std::is_convertible_v<const Key&, const_iterator>) std::size_t erase(const Key& key) {
    return table_.erase(key);
  }
  void erase(const_iterator at) { table_.erase(at); }
  void clear() {
    table_.clear();
    left_ = room(table_.capacity());
  }
  /// Room for so many elements altogether.
  void reserve(std::size_t elements) {
    if (elements > size() + left_) grow(elements);
  }

 protected:
  /// Room for one more, so that putting it in needs no memory.
  void make_room() {
    if (left_ == 0) grow(size() < 7 ? 2 * size() + 1 : 2 * size());
  }
  void took(bool fresh) { left_ -= fresh ? 1 : 0; }

  Table table_;

 private:
  /// Elements that Abseil puts into a table of this capacity before it grows.
  [[nodiscard]] static constexpr std::size_t room(std::size_t capacity) {
    return capacity == 7 ? 6 : capacity - capacity / 8;
  }

  void grow(std::size_t elements) {
    // A table whose first allocation failed owns nothing, yet must not be destroyed.
    alignas(Table) std::byte place[sizeof(Table)];
    auto* const larger = ::new (place) Table(0, table_.hash_function(), table_.key_eq());
    larger->reserve(elements);
    larger->merge(table_);
    table_ = std::move(*larger);
    larger->~Table();
    left_ = room(table_.capacity()) - size();
  }

  // Elements that may come before memory is needed. What was erased is not counted: Abseil fills
  // such places only at times.
  std::size_t left_ = 0;
};

}  // namespace detail

/// Hash set that stays as it was when memory runs out.
template <typename Key, typename Hash = typename absl::flat_hash_set<Key>::hasher,
          typename Equal = typename absl::flat_hash_set<Key, Hash>::key_equal>
class HashSet : public detail::SafeTable<absl::flat_hash_set<Key, Hash, Equal>> {
  using Base = detail::SafeTable<absl::flat_hash_set<Key, Hash, Equal>>;
  static_assert(std::is_nothrow_move_constructible_v<Key>);

 public:
  using typename Base::iterator;

  using Base::Base;
  HashSet() = default;
  template <typename Iterator>
  HashSet(Iterator first, Iterator last) {
    for (; first != last; ++first) insert(*first);
  }
  HashSet(std::initializer_list<Key> keys) : HashSet(keys.begin(), keys.end()) {}
  HashSet(HashSet&&) noexcept = default;
  HashSet& operator=(HashSet&&) noexcept = default;
  HashSet(const HashSet& other) : Base(other.table_.hash_function(), other.table_.key_eq()) {
    this->reserve(other.size());
    for (const Key& key : other) insert(key);
  }
  HashSet& operator=(const HashSet& other) {
    if (this != &other) *this = HashSet(other);
    return *this;
  }
  ~HashSet() = default;

  std::pair<iterator, bool> insert(Key key) {
    this->make_room();
    const auto found = this->table_.insert(std::move(key));
    this->took(found.second);
    return found;
  }
};

/// Hash map that stays as it was when memory runs out.
template <typename Key, typename Value,
          typename Hash = typename absl::flat_hash_map<Key, Value>::hasher,
          typename Equal = typename absl::flat_hash_map<Key, Value, Hash>::key_equal>
class HashMap : public detail::SafeTable<absl::flat_hash_map<Key, Value, Hash, Equal>> {
  using Base = detail::SafeTable<absl::flat_hash_map<Key, Value, Hash, Equal>>;
  static_assert(std::is_nothrow_move_constructible_v<Key>);
  static_assert(std::is_nothrow_move_constructible_v<Value>);

 public:
  using mapped_type = Value;
  using typename Base::iterator;

  using Base::Base;
  HashMap() = default;
  HashMap(std::initializer_list<std::pair<const Key, Value>> entries) {
    for (const auto& [key, value] : entries) try_emplace(key, value);
  }
  HashMap(HashMap&&) noexcept = default;
  HashMap& operator=(HashMap&&) noexcept = default;
  HashMap(const HashMap& other) : Base(other.table_.hash_function(), other.table_.key_eq()) {
    this->reserve(other.size());
    for (const auto& [key, value] : other) try_emplace(key, value);
  }
  HashMap& operator=(const HashMap& other) {
    if (this != &other) *this = HashMap(other);
    return *this;
  }
  ~HashMap() = default;

  /// Puts in a value made of the arguments where the key has none.
  template <typename K = Key, typename... Arguments>
  std::pair<iterator, bool> try_emplace(K&& key, Arguments&&... arguments) {
    if constexpr (std::is_nothrow_constructible_v<Key, K&&> &&
                  std::is_nothrow_constructible_v<Value, Arguments&&...>) {
      this->make_room();
      const auto found = this->table_.try_emplace(Key(std::forward<K>(key)),
                                                  std::forward<Arguments>(arguments)...);
      this->took(found.second);
      return found;
    } else {
      if (const auto known = this->table_.find(key); known != this->table_.end()) {
        return {known, false};
      }
      Key own(std::forward<K>(key));
      Value value(std::forward<Arguments>(arguments)...);
      this->make_room();
      this->took(true);
      return this->table_.try_emplace(std::move(own), std::move(value));
    }
  }
  template <typename K = Key, typename V = Value>
  std::pair<iterator, bool> emplace(K&& key, V&& value) {
    return try_emplace(std::forward<K>(key), std::forward<V>(value));
  }
  template <typename K = Key>
  Value& operator[](K&& key) {
    return try_emplace(std::forward<K>(key)).first->second;
  }
  template <typename K = Key>
  [[nodiscard]] Value& at(const K& key) {
    return this->table_.at(key);
  }
  template <typename K = Key>
  [[nodiscard]] const Value& at(const K& key) const {
    return this->table_.at(key);
  }
};

}  // namespace liantu
