from django.urls import path

from spendo.budgets.api import views

urlpatterns = [
    path("budgets/", views.BudgetsView.as_view()),
    path("budgets/end/", views.EndBudgetView.as_view()),
    path("budgets/suggestions/", views.SuggestionsView.as_view()),
    path("goals/", views.GoalsView.as_view()),
    path("goals/<int:goal_id>/", views.GoalView.as_view()),
]
