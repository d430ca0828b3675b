;; thread.yield may be cancellable at the pinned commit.
(component definition
  (canon thread.yield cancellable (core func)))
